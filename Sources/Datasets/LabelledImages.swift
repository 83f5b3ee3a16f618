/// A data set of labelled images whose encoded bytes can be read without a copy.
public protocol LabelledImages: Dataset where Sample == LabelledImage {
    /// Passes the encoded image at `index`, without a copy, and its label to `body`. Many threads may call it at once.
    ///
    /// The pointer is valid during the call only.
    func withSample<Result>(
        _ index: Int, _ body: (UnsafeRawBufferPointer, String) throws -> Result
    ) throws -> Result

    /// The label at `index`.
    func label(_ index: Int) throws(DatasetError) -> String

    /// The place where the image at `index` is stored.
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
