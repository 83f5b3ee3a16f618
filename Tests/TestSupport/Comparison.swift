import Foundation
public import Tensors

/// Scalars between −1 and 1 without period or ties: sin(seed + 1.7 i + 0.001 i²).
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

/// As for lists of scalars; infinite if the shapes differ.
public func relativeDifference(_ found: Tensor, _ expected: Tensor, termSize: Float = 0) -> Float {
    guard found.shape == expected.shape else { return .infinity }
    return relativeDifference(found.scalars, expected.scalars, termSize: termSize)
}

/// The least `rtol` for which every element agrees: |found − expected| ≤ atol + rtol · |expected|, with
/// atol = rtol · max(RMS(expected), termSize).
///
/// The rounding error of a sum is in proportion to its terms, even if they cancel. The root mean square of the finite
/// elements stands for their size; `termSize` is needed only if all sums may cancel. NaN agrees only with NaN, an infinity only with itself: otherwise, and if the
/// counts differ, the result is infinite.
public func relativeDifference(_ found: [Float], _ expected: [Float], termSize: Float = 0) -> Float {
    guard found.count == expected.count else { return .infinity }
    let scale = max(rootMeanSquare(expected.filter(\.isFinite)), Double(termSize))
    return Float(zip(found, expected).map { difference($0, $1, scale: scale) }.max() ?? 0)
}

/// |found − expected| / (|expected| + scale) of one element.
private func difference(_ found: Float, _ expected: Float, scale: Double) -> Double {
    if found == expected || found.isNaN && expected.isNaN { return 0 }
    let (found, expected) = (Double(found), Double(expected))
    let quotient = abs(found - expected) / (abs(expected) + scale)
    return quotient.isNaN ? .infinity : quotient
}

private func rootMeanSquare(_ values: [Float]) -> Double {
    let sum = values.reduce(0) { $0 + Double($1) * Double($1) }
    return values.isEmpty ? 0 : (sum / Double(values.count)).squareRoot()
}
