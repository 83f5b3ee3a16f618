import Foundation
public import Tensors

/// Scalars between −1 and 1 without period or ties, the same in every run: sin(seed + 1.7 i + 0.001 i²).
public func wave(_ shape: Shape, seed: Double = 0) -> [Float] {
    (0..<shape.count).map { index in
        let i = Double(index)
        return Float(sin(seed + 1.7 * i + 0.001 * i * i))
    }
}

extension Tensor {
    /// A tensor of `wave` values.
    public static func wave(_ shape: Shape, seed: Double = 0, on device: any Device) -> Tensor {
        Tensor(TestSupport.wave(shape, seed: seed), shape: shape, on: device)
    }
}

/// The largest difference of two tensors in units of the largest magnitude in `expected`; infinite where
/// shapes differ or a scalar is NaN.
public func relativeDifference(_ found: Tensor, _ expected: Tensor) -> Float {
    guard found.shape == expected.shape else { return .infinity }
    return relativeDifference(found.scalars, expected.scalars)
}

/// The largest difference of two lists in units of the largest magnitude in `expected`; infinite where
/// lengths differ or a value is NaN.
public func relativeDifference(_ found: [Float], _ expected: [Float]) -> Float {
    guard found.count == expected.count, !found.contains(where: \.isNaN) else { return .infinity }
    let difference = zip(found, expected).map { abs($0 - $1) }.max() ?? 0
    let magnitude = expected.map(abs).max() ?? 0
    return magnitude > 0 ? difference / magnitude : difference
}
