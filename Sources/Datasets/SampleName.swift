internal import Files

/// The place where a sample is stored; messages and prediction files identify samples by it.
public struct SampleName: Sendable, Hashable, CustomStringConvertible {
    /// The path of the data set.
    public let path: String
    /// A key in the data set, such as `image-000000042`.
    public let key: String

    /// Creates the name of the entry `key` of the data set at `path`.
    public init(path: String, key: String) { (self.path, self.key) = (path, key) }

    /// Both parts, as in `image-000000042 in data/train`.
    public var description: String { "\(key) in \(path)".printable }
}
