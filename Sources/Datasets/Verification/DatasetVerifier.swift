internal import Files
internal import Foundation
internal import LMDB

/// Searches a data set for all kinds of problems, on all processors.
///
/// About 32 bytes are kept for each sample, whatever the size of its image. Only numbers that occur in keys are
/// visited, however high they are.
public struct DatasetVerifier: Sendable {
    /// The data set; its number of samples is the highest number in a key.
    public let dataset: LMDBDataset
    /// The number of samples to examine: those that have an image or a label.
    public var samples: Int { indices.count }

    let options: VerificationOptions
    /// The indices of the samples to examine.
    let indices: IndexSet
    private let ownProblems: [DatasetProblem]

    /// The number of samples between two reports of progress.
    private static let reportSize = 2048
    /// The number of samples that one task examines.
    private static let taskSize = 128

    /// Opens the data set at `path`; throws if there is none or its file is damaged.
    public init(_ path: String, _ options: VerificationOptions = VerificationOptions()) throws(DatasetError) {
        var problems: [DatasetProblem] = []
        var indices = IndexSet()
        dataset = try LMDBDataset(recovering: path) { contents, snapshot throws(DatasetError) in
            let keys = try KeyStatistics(snapshot, contents.scheme)
            problems = try Self.problems(contents, keys)
            indices = keys.indices
            return keys.end
        }
        if let detail = dataset.interruption {
            problems.insert(DatasetProblem(key: SampleKey.progress, kind: .unfinished, detail: detail), at: 0)
        }
        (self.options, self.indices) = (options, indices)
        ownProblems = problems.filter { !options.ignored.contains($0.kind) }
    }

    /// The problems of the keys; throws if they are not those of labelled images.
    private static func problems(
        _ contents: DatabaseContents, _ keys: KeyStatistics
    ) throws(DatasetError) -> [DatasetProblem] {
        guard keys.end > 0 || contents.count != nil else { throw contents.notLabelledImages }
        var problems = keys.strays.map {
            DatasetProblem(key: $0, kind: .strayKey, detail: "belongs to no sample")
        }
        if keys.strayCount > problems.count {
            let more = keys.strayCount - problems.count
            problems.append(DatasetProblem(key: "", kind: .strayKey, detail: "and \(more) more such keys"))
        }
        if let detail = contents.scheme.defect {
            let key = SampleKey.image(at: 0, contents.scheme)
            problems.insert(DatasetProblem(key: key, kind: .numbering, detail: detail), at: 0)
        }
        if let detail = countDefect(contents, keys.end) {
            problems.insert(DatasetProblem(key: SampleKey.count, kind: .count, detail: detail), at: 0)
        }
        return problems + gaps(in: keys.indices, contents.scheme)
    }

    /// A problem for each row of numbers that have neither an image nor a label, although there are higher ones.
    private static func gaps(in indices: IndexSet, _ scheme: KeyScheme) -> [DatasetProblem] {
        let starts = [0] + indices.rangeView.map(\.upperBound)
        return zip(starts, indices.rangeView.map(\.lowerBound)).filter { $0 < $1 }.map { start, end in
            let detail =
                end - start == 1
                ? "there is neither an image nor a label of this number"
                : "there is neither an image nor a label of this number, nor of the \(end - start - 1) numbers after it"
            return DatasetProblem(
                key: SampleKey.image(at: start, scheme), kind: .missingImage, detail: detail)
        }
    }

    private static func countDefect(_ contents: DatabaseContents, _ samples: Int) -> String? {
        do throws(DatasetError) {
            guard let declared = try contents.declaredCount() else {
                return "missing; the keys go up to sample \(samples)"
            }
            return declared == samples ? nil : "is \(declared), but the keys go up to sample \(samples)"
        } catch {
            guard case .invalidCount(_, let detail) = error else { return "\(error)" }
            return detail
        }
    }

    /// Examines all samples.
    ///
    /// - Parameters:
    ///   - progress: Called with the number of samples examined.
    ///   - report: Called with each problem, in the order of the keys. Problems that only a comparison of all samples
    ///     shows come last.
    public func run(
        progress: (Int) -> Void = { _ in }, report: (DatasetProblem) throws -> Void
    ) async throws -> DatasetVerification {
        var result = DatasetVerification(samples: samples, declared: dataset.checksum)
        func record(_ problem: DatasetProblem) throws {
            result.counts[problem.kind, default: 0] += 1
            try report(problem)
        }
        var duplicates = DuplicateSearch(), shapes = ShapeStatistics()
        for problem in ownProblems { try record(problem) }
        var rest = indices.makeIterator(), examined = 0
        while case let chunk = (0..<Self.reportSize).compactMap({ _ in rest.next() }), !chunk.isEmpty {
            for part in try await examinations(of: chunk) {
                for problem in part.problems { try record(problem) }
                duplicates.add(part.duplicates)
                shapes.add(part.shapes)
                result.checksum.add(part.checksum)
                result.unusable.formUnion(part.unusable)
            }
            examined += chunk.count
            progress(examined)
        }
        for (problem, unusable) in try comparisons(duplicates, shapes, result)
        where !options.ignored.contains(problem.kind) {
            try record(problem)
            result.unusable.formUnion(unusable)
        }
        return result
    }

    /// Examines the samples at `indices` on all processors; returns the parts in their order.
    private func examinations(of indices: [Int]) async throws -> [SampleExamination] {
        try await withThrowingTaskGroup(of: (Int, SampleExamination).self) { group in
            for part in indices.indices.chunks(ofCount: Self.taskSize) {
                group.addTask { [dataset, options] in
                    (part.lowerBound, try SampleExamination(of: dataset, indices[part], options))
                }
            }
            var parts: [(Int, SampleExamination)] = []
            for try await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}

extension DatasetVerifier {
    /// The problems that only a comparison of all samples shows, each with the samples that it makes unusable.
    private func comparisons(
        _ duplicates: consuming DuplicateSearch, _ shapes: ShapeStatistics, _ result: DatasetVerification
    ) throws -> [(problem: DatasetProblem, unusable: [Int])] {
        var found = try duplicates.groups(in: dataset).flatMap { try $0.problems(in: dataset) }
        for (index, detail) in shapes.outliers() {
            let problem = DatasetProblem(key: dataset.key(index), kind: .suspiciousShape, detail: detail)
            found.append((problem, [index]))
        }
        if let declared = result.declared, declared != result.checksum {
            let detail = "the data set declares \(declared), but its content has \(result.checksum)"
            found.append((DatasetProblem(key: SampleKey.checksum, kind: .checksum, detail: detail), []))
        }
        return found
    }
}
