extension Range<Int> {
    /// The range in consecutive parts of `size` numbers; the last part may be smaller.
    public func chunks(ofCount size: Int) -> [Range<Int>] {
        stride(from: lowerBound, to: upperBound, by: size).map { $0..<Swift.min($0 + size, upperBound) }
    }
}
