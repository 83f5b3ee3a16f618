internal import Requirements

/// Several data sets, one after the other, as one data set.
public struct ConcatenatedDataset<Base: Dataset>: Dataset {
    /// The data sets.
    public let parts: [Base]
    /// For each part, the number of samples up to its end.
    private let ends: [Int]

    /// Concatenates `parts`.
    public init(_ parts: [Base]) {
        self.parts = parts
        var end = 0
        ends = parts.map { part in
            end += part.count
            return end
        }
    }

    /// The number of samples in all parts.
    public var count: Int { ends.last ?? 0 }

    /// The sample at `index`.
    public subscript(index: Int) -> Base.Sample {
        get throws {
            let (part, inner) = location(of: index)
            return try parts[part][inner]
        }
    }

    /// The part that contains the sample at `index`, and the index of the sample in this part.
    public func location(of index: Int) -> (part: Int, index: Int) {
        require(index >= 0 && index < count, "sample \(index) of \(count)")
        var (low, high) = (0, ends.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] > index { high = middle } else { low = middle + 1 }
        }
        return (low, low == 0 ? index : index - ends[low - 1])
    }
}

extension ConcatenatedDataset: LabelledImages where Base: LabelledImages {
    /// Passes the encoded image at `index` and its label to `body`; see `LabelledImages`.
    public func withSample<Result>(
        _ index: Int, _ body: (UnsafeRawBufferPointer, String) throws -> Result
    ) throws -> Result {
        let (part, inner) = location(of: index)
        return try unsafe parts[part].withSample(inner, body)
    }

    /// The label at `index`.
    public func label(_ index: Int) throws(DatasetError) -> String {
        let (part, inner) = location(of: index)
        return try parts[part].label(inner)
    }

    /// The place where the image at `index` is stored.
    public func name(_ index: Int) -> SampleName {
        let (part, inner) = location(of: index)
        return parts[part].name(inner)
    }
}
