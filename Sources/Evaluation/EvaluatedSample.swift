public import Datasets
public import Recognition

/// The result for one sample of an evaluation.
public struct EvaluatedSample: Sendable {
    /// Where the sample is stored.
    public let name: SampleName
    /// The text that the image shows; empty if the label cannot be read.
    public let label: String
    /// The transcript, or the reason why there is none.
    public let result: Result<Transcript, any Error>

    /// The transcript; nil if the sample could not be decoded.
    public var transcript: Transcript? { try? result.get() }

    /// The sample's name and the reason why it could not be decoded; nil if it could.
    public var problem: String? {
        guard case .failure(let error) = result else { return nil }
        return error is DatasetError ? "\(error)" : "\(name): \(error)"
    }
}
