/// Why a command failed, in one sentence for its user.
public struct CommandError: Error, CustomStringConvertible {
    /// The sentence.
    public let description: String

    /// An error with the given sentence.
    public init(_ description: String) { self.description = description }
}
