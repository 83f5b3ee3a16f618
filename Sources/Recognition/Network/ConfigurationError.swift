/// Thrown for a configuration whose parts do not fit together.
public struct ConfigurationError: Error, CustomStringConvertible {
    /// What does not fit.
    public let reason: String

    /// The reason, for people.
    public var description: String { "the network cannot have this form: \(reason)" }
}
