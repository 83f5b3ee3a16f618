/// A set of samples with indices from 0.
public protocol Dataset<Sample>: Sendable {
    /// The type of one sample.
    associatedtype Sample

    /// The number of samples.
    var count: Int { get }

    /// The sample at `index`, from 0 up to `count` − 1.
    subscript(index: Int) -> Sample { get throws }
}
