extension DuplicateSearch.Group {
    /// A problem for each of the other samples, with the samples that it makes unusable: the other sample if its label
    /// equals that of the first one, both if the labels differ.
    func problems(in dataset: LMDBDataset) throws -> [(problem: DatasetProblem, unusable: [Int])] {
        let label = try dataset.label(first), key = dataset.key(first)
        return try others.map { index in
            let other = try dataset.label(index)
            let isSame = other.utf8.elementsEqual(label.utf8)
            let detail =
                isSame
                ? "image and label are those of \(key)"
                : "the image is that of \(key), labelled \(quoted(label)) there and \(quoted(other)) here"
            let kind = isSame ? DatasetProblem.Kind.duplicate : .conflictingLabels
            return (
                DatasetProblem(key: dataset.key(index), kind: kind, detail: detail),
                isSame ? [index] : [first, index]
            )
        }
    }
}

/// Finds the samples of a data set that have the same image as an earlier sample: duplicates and conflicting labels.
///
/// - Parameters:
///   - dataset: The data set.
///   - progress: Called after each sample with the number of samples read.
public func findDuplicates(
    in dataset: LMDBDataset, progress: (Int) -> Void = { _ in }
) throws -> [DatasetProblem] {
    var search = DuplicateSearch()
    for index in 0..<dataset.count {
        try unsafe dataset.withSample(index) { bytes, _ in
            search.add(unsafe ImageDigest(of: bytes), at: index)
        }
        progress(index + 1)
    }
    return try search.groups(in: dataset).flatMap { try $0.problems(in: dataset).map(\.problem) }
}
