internal import Requirements

/// Samples of a data set, chosen by index: one part of a split, or a random selection.
public struct Subset<Base: Dataset>: Dataset {
    /// The data set from which samples are chosen.
    public let base: Base
    /// The index in `base` of each sample.
    public let indices: [Int]

    /// Chooses the samples of `base` at `indices`.
    public init(_ base: Base, indices: [Int]) {
        require(
            indices.allSatisfy { $0 >= 0 && $0 < base.count }, "an index is outside the \(base.count) samples"
        )
        (self.base, self.indices) = (base, indices)
    }

    /// The number of chosen samples.
    public var count: Int { indices.count }

    /// The sample at `index`.
    public subscript(index: Int) -> Base.Sample { get throws { try base[indices[index]] } }
}

extension Subset: LabelledImages where Base: LabelledImages {
    /// Passes the encoded image at `index` and its label to `body`; see `LabelledImages`.
    public func withSample<Result>(
        _ index: Int, _ body: (UnsafeRawBufferPointer, String) throws -> Result
    ) throws -> Result {
        try unsafe base.withSample(indices[index], body)
    }

    /// The label at `index`.
    public func label(_ index: Int) throws(DatasetError) -> String { try base.label(indices[index]) }

    /// The place where the image at `index` is stored.
    public func name(_ index: Int) -> SampleName { base.name(indices[index]) }
}
