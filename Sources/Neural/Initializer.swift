import Files
import Foundation
public import Tensors

/// In place of a generator, leaves what would be drawn at zero: for a model whose weights are read next. Seeds are
/// zero, too: a model that is to learn on under dropout names its own.
public struct NoRandomness: RandomNumberGenerator, Sendable {
    /// There is one.
    public init() {}

    /// Zero.
    public mutating func next() -> UInt64 { 0 }
}

/// Makes the first values of a parameter.
public enum Initializer: Sendable, Hashable {
    /// One value throughout.
    case constant(Float)
    /// Uniform within ± a limit.
    case uniform(Float)
    /// Normal with deviation √(2 / inputs), for what a ReLU follows (He et al., arXiv 1502.01852).
    case heNormal
    /// Uniform within ±√(6 / (inputs + outputs)) (Glorot and Bengio 2010); each pixel of a convolution's kernel
    /// counts for outputs as it does for inputs.
    case glorotUniform
    /// Rows of an orthogonal matrix (Saxe et al., arXiv 1312.6120); its columns where there are more inputs than
    /// outputs.
    case orthogonal

    /// A tensor of the given shape; the last axis counts outputs, the ones before it inputs.
    public func tensor(
        _ shape: Shape, on device: any Device, using generator: inout some RandomNumberGenerator
    ) -> Tensor {
        if generator is NoRandomness { return Tensor(placeholderOf: shape, on: device) }
        // Drawn from a generator of known type: calls through a protocol would take seconds for large networks.
        var drawn = SeededGenerator(seed: generator.next())
        return Tensor(scalars(shape, using: &drawn), shape: shape, on: device)
    }

    private func scalars(_ shape: Shape, using generator: inout SeededGenerator) -> [Float] {
        switch self {
        case .constant(let value):
            return [Float](repeating: value, count: shape.count)
        case .uniform(let limit):
            return (0..<shape.count).map { _ in Float.random(in: -limit...limit, using: &generator) }
        case .heNormal:
            let deviation = (2 / Float(shape.rows)).squareRoot()
            return (0..<shape.count).map { _ in deviation * generator.normal() }
        case .glorotUniform:
            let pixels = shape.dimensions.dropLast(2).reduce(1, *)
            let limit = (6 / Float(shape.rows + pixels * shape.last)).squareRoot()
            return (0..<shape.count).map { _ in Float.random(in: -limit...limit, using: &generator) }
        case .orthogonal:
            let (rows, columns) = (shape.rows, shape.last)
            guard rows > columns else { return orthonormalRows(rows, columns, using: &generator) }
            let turned = orthonormalRows(columns, rows, using: &generator)
            return (0..<shape.count).map { turned[$0 % columns * rows + $0 / columns] }
        }
    }
}

/// Orthonormal rows by modified Gram-Schmidt on normal variates; there may not be more rows than columns.
private func orthonormalRows(
    _ rows: Int, _ columns: Int, using generator: inout SeededGenerator
) -> [Float] {
    precondition(rows <= columns, "\(rows) orthogonal rows of \(columns) columns")
    var basis: [[Float]] = []
    while basis.count < rows {
        var row = (0..<columns).map { _ in generator.normal() }
        for other in basis {
            var product: Float = 0
            for column in 0..<columns { product += row[column] * other[column] }
            for column in 0..<columns { row[column] -= product * other[column] }
        }
        let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
        if norm > 1e-3 { basis.append(row.map { $0 / norm }) }
    }
    return basis.flatMap { $0 }
}
