internal import LMDB

/// Looks for everything that can be wrong with a data set, sample by sample, on all processors.
///
/// Memory does not grow with the images: about 24 bytes are kept for each sample.
public struct DatasetVerifier: Sendable {
    /// The data set, with as many samples as its keys reach to.
    public let dataset: LMDBDataset
    /// The number of samples that are examined.
    public var samples: Int { dataset.count }

    let options: VerificationOptions
    private let ownProblems: [DatasetProblem]

    /// Samples that are examined between two reports.
    private static let chunk = 2048

    /// Opens the data set at `path`; throws where there is none, or its file is damaged.
    public init(_ path: String, _ options: VerificationOptions = VerificationOptions()) throws(DatasetError) {
        var problems: [DatasetProblem] = []
        dataset = try LMDBDataset(recovering: path) { contents, snapshot throws(DatasetError) in
            let census = try KeyCensus(snapshot)
            problems = try Self.problems(contents, census)
            return census.reach
        }
        self.options = options
        ownProblems = problems.filter { !options.ignored.contains($0.kind) }
    }

    /// What is wrong with the keys; throws where they are not those of labelled images.
    private static func problems(
        _ contents: Contents, _ census: KeyCensus
    ) throws(DatasetError) -> [DatasetProblem] {
        guard census.reach > 0 || contents.count != nil else { throw contents.notLabelledImages }
        var problems = census.strays.map {
            DatasetProblem(key: $0, kind: .strayKey, detail: "belongs to no sample; no tool reads it")
        }
        if census.strayCount > problems.count {
            let more = census.strayCount - problems.count
            problems.append(DatasetProblem(key: "", kind: .strayKey, detail: "and \(more) more such keys"))
        }
        if let detail = countDefect(contents, reach: census.reach) {
            problems.insert(DatasetProblem(key: SampleKey.count, kind: .count, detail: detail), at: 0)
        }
        return problems
    }

    private static func countDefect(_ contents: Contents, reach: Int) -> String? {
        do throws(DatasetError) {
            guard let declared = try contents.declaredCount() else {
                return "missing; the keys reach to sample \(reach)"
            }
            return declared == reach ? nil : "says \(declared), and the keys reach to sample \(reach)"
        } catch {
            guard case .invalidCount(_, let detail) = error else { return "\(error)" }
            return detail
        }
    }

    /// Examines all samples.
    ///
    /// - Parameters:
    ///   - progress: Told how many samples were examined.
    ///   - report: Told each problem, by rising keys; those that show only when all samples are known come last.
    public func run(
        progress: (Int) -> Void = { _ in }, report: (DatasetProblem) throws -> Void
    ) async throws -> DatasetVerification {
        var result = DatasetVerification(samples: samples, declared: dataset.checksum)
        func tell(_ problem: DatasetProblem) throws {
            result.counts[problem.kind, default: 0] += 1
            try report(problem)
        }
        var duplicates = DuplicateSearch(), shapes = ShapeStatistics()
        for problem in ownProblems { try tell(problem) }
        for start in stride(from: 0, to: samples, by: Self.chunk) {
            for part in try await examinations(of: start..<min(start + Self.chunk, samples)) {
                for problem in part.problems { try tell(problem) }
                duplicates.add(part.duplicates)
                shapes.add(part.shapes)
                result.checksum.add(part.checksum)
                result.unusable.formUnion(part.unusable)
            }
            progress(min(start + Self.chunk, samples))
        }
        for (problem, unusable) in try late(duplicates, shapes, result)
        where !options.ignored.contains(problem.kind) {
            try tell(problem)
            result.unusable.formUnion(unusable)
        }
        return result
    }

    /// Examines some samples, each processor a part of them; the parts in their order.
    private func examinations(of range: Range<Int>) async throws -> [SampleExamination] {
        let size = 128
        return try await withThrowingTaskGroup(of: (Int, SampleExamination).self) { group in
            for start in stride(from: range.lowerBound, to: range.upperBound, by: size) {
                group.addTask { [dataset, options] in
                    let part = start..<min(start + size, range.upperBound)
                    return (start, try SampleExamination(of: dataset, part, options))
                }
            }
            var parts: [(Int, SampleExamination)] = []
            for try await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}

extension DatasetVerifier {
    /// What shows only when all samples are known, each with the samples that it spoils.
    private func late(
        _ duplicates: consuming DuplicateSearch, _ shapes: ShapeStatistics, _ result: DatasetVerification
    ) throws -> [(problem: DatasetProblem, unusable: [Int])] {
        var found = try duplicates.groups(in: dataset).flatMap { try $0.repetitions(in: dataset) }
        for (index, detail) in shapes.outliers() {
            let problem = DatasetProblem(key: dataset.key(index), kind: .suspiciousShape, detail: detail)
            found.append((problem, [index]))
        }
        if let declared = result.declared, declared != result.checksum {
            let detail = "the set says \(declared), its content gives \(result.checksum)"
            found.append((DatasetProblem(key: SampleKey.checksum, kind: .checksum, detail: detail), []))
        }
        return found
    }
}
