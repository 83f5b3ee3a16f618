/// Changes that are committed together or not at all.
public struct WriteBatch: Sendable {
    /// The entries to write, in this order; if a key is repeated, its last value remains.
    public private(set) var entries: [(key: String, value: [UInt8])] = []
    /// The keys to remove after the entries are written.
    public private(set) var removals: [String] = []
    /// The size of all keys and values to write, in bytes.
    public private(set) var byteCount = 0

    /// Creates an empty batch.
    public init() {}

    /// Whether the batch changes nothing.
    public var isEmpty: Bool { entries.isEmpty && removals.isEmpty }

    /// Adds a key with its value. `Writer.commit` throws unless the key has 1 to 511 bytes.
    public mutating func set(_ key: String, to value: [UInt8]) {
        entries.append((key, value))
        byteCount += key.utf8.count + value.count
    }

    /// Removes a key with its value; a missing key is ignored.
    public mutating func remove(_ key: String) { removals.append(key) }
}
