/// Whole numbers of 8 bits in row-major order, and what they stand for.
public struct WholeNumbers: Sendable, Hashable {
    /// From −128 to 127.
    public var numbers: [Int8]
    /// What 1 stands for in each place of the last axis, or everywhere alike.
    public var units: [Float]

    /// Groups numbers and units; those that are not told are 1.
    public init(_ numbers: [Int8], units: [Float] = [1]) {
        (self.numbers, self.units) = (numbers, units)
    }

    /// The numbers nearest to scalars; ties round to even, and what is not a number becomes 0. In each place of a
    /// last axis of `count` places, the largest size becomes `limit`.
    public init(rounding scalars: [Float], places count: Int, limit: Float) {
        var sizes = [Float](repeating: 0, count: count)
        for (index, scalar) in scalars.enumerated() {
            sizes[index % count] = max(sizes[index % count], abs(scalar))
        }
        let units = Self.units(sizes, limit: limit)
        let numbers = scalars.enumerated().map { index, scalar in
            let value = scalar / units[index % count]
            return value.isNaN ? 0 : Int8(min(max(value, -limit), limit).rounded(.toNearestOrEven))
        }
        self.init(numbers, units: units)
    }

    /// A place without scalars to speak of takes a small share of the largest, so that one divided by its unit stays
    /// finite.
    private static func units(_ sizes: [Float], limit: Float) -> [Float] {
        let greatest = sizes.max() ?? 0
        guard greatest > 0, greatest.isFinite else { return sizes.map { _ in 1 } }
        return sizes.map { max($0, greatest * 1e-6) / limit }
    }

    /// What the numbers stand for.
    public var scalars: [Float] { numbers.enumerated().map { Float($1) * units[$0 % units.count] } }
}
