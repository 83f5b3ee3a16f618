/// A set of samples, numbered from 0.
public protocol Dataset<Sample>: Sendable {
    /// What one sample is.
    associatedtype Sample

    /// The number of samples.
    var count: Int { get }

    /// The sample at `index`, which is at least 0 and below `count`.
    subscript(index: Int) -> Sample { get throws }
}
