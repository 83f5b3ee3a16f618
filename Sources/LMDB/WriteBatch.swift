/// Keys and values that are committed together or not at all.
public struct WriteBatch: Sendable {
    /// The entries in the order in which they are written; of a repeated key the last value stays.
    public private(set) var entries: [(key: String, value: [UInt8])] = []
    /// The keys that are removed, after the entries were written.
    public private(set) var removals: [String] = []
    /// The bytes of all keys and values.
    public private(set) var byteCount = 0

    /// An empty batch.
    public init() {}

    /// Whether the batch changes nothing.
    public var isEmpty: Bool { entries.isEmpty && removals.isEmpty }

    /// Adds a key with its value. A key has 1 to 511 bytes: `Writer.commit` throws for another.
    public mutating func set(_ key: String, to value: [UInt8]) {
        entries.append((key, value))
        byteCount += key.utf8.count + value.count
    }

    /// Removes a key with its value; one that is not there is left at that.
    public mutating func remove(_ key: String) { removals.append(key) }
}
