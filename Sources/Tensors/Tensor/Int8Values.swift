/// Int8 values in row-major order with their quantization scales: a value stands for `integer · scale`.
public struct Int8Values: Sendable, Hashable {
    /// The quantized values, from −128 to 127.
    public var integers: [Int8]
    /// The quantization scale of each column of the last axis, or one for all.
    public var scales: [Float]

    /// Groups integers and scales.
    public init(_ integers: [Int8], scales: [Float] = [1]) {
        (self.integers, self.scales) = (integers, scales)
    }

    /// Quantizes scalars symmetrically, with one scale for each of `count` columns of the last axis: the largest
    /// magnitude of a column becomes `limit`. Ties round to even; NaN becomes 0.
    public init(quantizing scalars: [Float], columns count: Int, limit: Float) {
        var magnitudes = [Float](repeating: 0, count: count)
        for (index, scalar) in scalars.enumerated() {
            magnitudes[index % count] = max(magnitudes[index % count], abs(scalar))
        }
        let scales = Self.scales(magnitudes, limit: limit)
        let integers = scalars.enumerated().map { index, scalar in
            let value = scalar / scales[index % count]
            return value.isNaN ? 0 : Int8(min(max(value, -limit), limit).rounded(.toNearestOrEven))
        }
        self.init(integers, scales: scales)
    }

    /// The scale of a column of negligible values is bounded from below by the largest column's, so that a scalar
    /// divided by its scale stays finite.
    private static func scales(_ magnitudes: [Float], limit: Float) -> [Float] {
        let greatest = magnitudes.max() ?? 0
        guard greatest > 0, greatest.isFinite else { return magnitudes.map { _ in 1 } }
        return magnitudes.map { max($0, greatest * 1e-6) / limit }
    }

    /// The dequantized values.
    public var scalars: [Float] { integers.enumerated().map { Float($1) * scales[$0 % scales.count] } }
}
