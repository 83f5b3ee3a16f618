/// Some samples of a data set, chosen by index: a split, a shuffle, a sample.
public struct Subset<Base: Dataset>: Dataset {
    /// The data set that is chosen from.
    public let base: Base
    /// For each sample, its index in `base`.
    public let indices: [Int]

    /// Chooses `indices` of `base`.
    public init(_ base: Base, indices: [Int]) {
        precondition(
            indices.allSatisfy { $0 >= 0 && $0 < base.count }, "an index is outside the \(base.count) samples"
        )
        (self.base, self.indices) = (base, indices)
    }

    /// The number of samples chosen.
    public var count: Int { indices.count }

    /// The sample at `index`.
    public subscript(index: Int) -> Base.Sample { get throws { try base[indices[index]] } }
}

extension Subset: LabelledImages where Base: LabelledImages {
    /// Lends the encoded image at `index`, in place, and its label to `body`; see `LabelledImages`.
    public func withSample<Result>(
        _ index: Int, _ body: (UnsafeRawBufferPointer, String) throws -> Result
    ) throws -> Result {
        try unsafe base.withSample(indices[index], body)
    }

    /// The label at `index`.
    public func label(_ index: Int) throws(DatasetError) -> String { try base.label(indices[index]) }

    /// Where the image at `index` is stored.
    public func name(_ index: Int) -> SampleName { base.name(indices[index]) }
}
