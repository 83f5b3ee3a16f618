extension Tensor {
    /// Sequences of indices as one batch `[batch × time]`, each padded at its end to the length of the longest.
    ///
    /// - Parameters:
    ///   - sequences: For example, the symbols of texts.
    ///   - filler: The index after a sequence's end; `Embedding` in Neural can mask 0.
    ///   - device: Where the tensor lives.
    public init(padding sequences: [[Int]], with filler: Int = 0, on device: any Device) {
        let time = sequences.map(\.count).max() ?? 0
        let rows = sequences.map { $0 + [Int](repeating: filler, count: time - $0.count) }
        self.init(rows.joined().map(Float.init), shape: [sequences.count, time], on: device)
    }
}
