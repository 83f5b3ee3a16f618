/// The free parts of a reserved range.
struct FreeRanges {
    /// Sorted by address. No two are adjacent.
    private var free: [Range<Int>]

    init(count: Int) { free = [0..<count] }

    /// The start of the smallest free part that is large enough; the first of equals. Nil if there is none.
    mutating func take(_ capacity: Int) -> Int? {
        let fitting = free.indices.filter { free[$0].count >= capacity }
        guard let best = fitting.min(by: { free[$0].count < free[$1].count }) else { return nil }
        let start = free[best].lowerBound
        free[best] = start + capacity..<free[best].upperBound
        if free[best].isEmpty { free.remove(at: best) }
        return start
    }

    mutating func put(_ place: Range<Int>) {
        let next = free.firstIndex { $0.lowerBound >= place.upperBound } ?? free.count
        var (whole, merged) = (place, next..<next)
        if next < free.count, free[next].lowerBound == place.upperBound {
            whole = whole.lowerBound..<free[next].upperBound
            merged = next..<next + 1
        }
        if next > 0, free[next - 1].upperBound == place.lowerBound {
            whole = free[next - 1].lowerBound..<whole.upperBound
            merged = next - 1..<merged.upperBound
        }
        free.replaceSubrange(merged, with: [whole])
    }
}
