/// Thrown if a file has become shorter while it was read.
public struct TruncatedFile: Error, CustomStringConvertible {
    /// The number of bytes that are left.
    let count: Int

    /// What happened to the file, and what to do about it; the text follows the file's name.
    public var description: String {
        "was truncated to \(count) bytes while it was read; copy or write it again"
    }
}
