extension String {
    /// The text followed by spaces up to `width` characters; unchanged if it is longer.
    public func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
