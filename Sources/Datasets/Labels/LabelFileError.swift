/// A list of labels that does not have the given format.
public struct LabelFileError: Error, Sendable, CustomStringConvertible {
    let path: String
    let reason: String

    /// The file and the reason, for people.
    public var description: String { "\(path) \(reason)" }
}
