public import Datasets

/// A sample that cannot be trained on, and the reason.
public struct ExcludedSample: Sendable, CustomStringConvertible {
    /// Where the sample is stored.
    public let name: SampleName
    /// What is wrong with it.
    public let reason: String

    /// Name and reason, for people.
    public var description: String { "\(name): \(reason)" }
}
