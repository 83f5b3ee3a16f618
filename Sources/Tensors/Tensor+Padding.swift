extension Tensor {
    /// Sequences of indices as one batch `[batch × time]`, each filled up at its end to the longest one's time.
    ///
    /// - Parameters:
    ///   - sequences: Such as the symbols of texts.
    ///   - filler: What stands after a sequence's end; 0 is what `Embedding` in Neural can take for padding.
    ///   - device: Where the tensor lives.
    public init(padding sequences: [[Int]], with filler: Int = 0, on device: any Device) {
        let time = sequences.map(\.count).max() ?? 0
        let rows = sequences.map { $0 + [Int](repeating: filler, count: time - $0.count) }
        self.init(rows.joined().map(Float.init), shape: [sequences.count, time], on: device)
    }
}
