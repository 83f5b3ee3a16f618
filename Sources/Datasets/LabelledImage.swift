/// One labelled image as it is stored.
public struct LabelledImage: Sendable, Equatable {
    /// The key of the encoded image, such as `image-000000042`.
    public let key: String
    /// The text that the image shows.
    public let label: String
    /// The encoded image (PNG, JPEG).
    public let bytes: [UInt8]

    /// A sample with the given parts.
    public init(key: String, label: String, bytes: [UInt8]) {
        (self.key, self.label, self.bytes) = (key, label, bytes)
    }
}

/// Where a sample is stored; messages and prediction files name samples by it.
public struct SampleName: Sendable, Hashable, CustomStringConvertible {
    /// The path of the data set.
    public let path: String
    /// A key in it, such as `image-000000042`.
    public let key: String

    /// The name of what is stored under `key` in the data set at `path`.
    public init(path: String, key: String) { (self.path, self.key) = (path, key) }

    /// `image-000000042 in data/train`
    public var description: String { "\(key) in \(path)" }
}

/// A data set of labelled images, whose bytes can be read where they lie.
public protocol LabelledImages: Dataset where Sample == LabelledImage {
    /// Lends the encoded image at `index`, in place, and its label to `body`. Many threads may call it at once.
    ///
    /// The pointer is valid during the call only.
    func withSample<Result>(
        _ index: Int, _ body: (UnsafeRawBufferPointer, String) throws -> Result
    ) throws -> Result

    /// The label at `index`.
    func label(_ index: Int) throws(DatasetError) -> String

    /// Where the image at `index` is stored.
    func name(_ index: Int) -> SampleName
}

extension LabelledImages {
    /// A copy of the sample at `index`.
    public subscript(index: Int) -> LabelledImage {
        get throws {
            try unsafe withSample(index) { bytes, label in
                LabelledImage(key: name(index).key, label: label, bytes: unsafe Array(bytes))
            }
        }
    }
}
