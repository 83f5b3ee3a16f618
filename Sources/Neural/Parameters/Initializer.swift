import Files
import Foundation
internal import Requirements
public import Tensors

/// Draws the initial values of a parameter.
public enum Initializer: Sendable, Hashable {
    /// One value everywhere.
    case constant(Float)
    /// Uniform within ± a limit.
    case uniform(Float)
    /// Normal with standard deviation √(2 / inputs), for layers with a ReLU (He et al., arXiv 1502.01852).
    case heNormal
    /// Uniform within ±√(6 / (inputs + outputs)) (Glorot and Bengio 2010). In a convolution, both counts are
    /// multiplied by the number of pixels under the kernel.
    case glorotUniform
    /// Orthonormal rows, or orthonormal columns if there are more inputs than outputs (Saxe et al., arXiv 1312.6120).
    case orthogonal

    /// A tensor of the given shape; the last axis counts outputs, the ones before it inputs.
    public func tensor(
        _ shape: Shape, on device: any Device, using generator: inout some RandomNumberGenerator
    ) -> Tensor {
        if generator is NoRandomness { return Tensor(placeholderOf: shape, on: device) }
        // A generator of concrete type: calls through the protocol would take seconds for large networks.
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
            let columnsFirst = orthonormalRows(columns, rows, using: &generator)
            return (0..<shape.count).map { columnsFirst[$0 % columns * rows + $0 / columns] }
        }
    }
}

/// Orthonormal rows, at most as many as columns, by modified Gram-Schmidt on normal variates.
private func orthonormalRows(
    _ rows: Int, _ columns: Int, using generator: inout SeededGenerator
) -> [Float] {
    require(rows <= columns, "\(rows) orthogonal rows of \(columns) columns")
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
