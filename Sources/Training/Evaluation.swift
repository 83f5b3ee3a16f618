public import Datasets
import Imaging
public import Recognition

/// Reads a whole data set and compares the answers with the labels.
public struct Evaluation: Sendable {
    /// What reads.
    public let reader: BulkReader
    /// Whether texts are compared in lower case.
    public let ignoresCase: Bool

    /// An evaluation of `recognizer`; images are decoded on `workers` background threads.
    public init(of recognizer: Recognizer, workers: Int = 2, ignoringCase: Bool = false) {
        reader = BulkReader(recognizer, workers: workers)
        ignoresCase = ignoringCase
    }

    /// Reads all samples of `dataset`.
    ///
    /// A sample that cannot be decoded, or whose label cannot be read, counts as wrong and is handed to `body`
    /// with its reason: none is skipped.
    ///
    /// - Parameters:
    ///   - dataset: The labelled images.
    ///   - body: Takes each sample in the order of the set, on the caller's thread: to follow progress and to
    ///     write answers. Where it throws, the evaluation ends.
    public func report(
        on dataset: some LabelledImages, _ body: (EvaluatedSample) throws -> Void = { _ in }
    ) rethrows -> EvaluationReport {
        let clock = ContinuousClock()
        let start = clock.now
        var report = EvaluationReport(scores: Scores(ignoringCase: ignoresCase))
        let indices = IndexStream(count: dataset.count)
        let next: @Sendable () -> BulkReader.Loading<LabelledIndex>? = {
            guard let index = indices.next() else { return nil }
            return { Self.load(index, of: dataset) }
        }
        try reader.read(next) { labelled, result in
            let sample = EvaluatedSample(
                name: dataset.name(labelled.index), label: labelled.label, result: result)
            report.scores.add(label: sample.label, answer: sample.transcript?.text)
            report.unknownSymbols.add(label: sample.label, alphabet: reader.recognizer.alphabet)
            try body(sample)
        }
        report.seconds = (clock.now - start) / .seconds(1)
        return report
    }

    /// The label and image of one sample; the label is kept where only the image is damaged.
    private static func load(
        _ index: Int, of dataset: some LabelledImages
    ) -> (item: LabelledIndex, image: Result<Image, any Error>) {
        do {
            return try unsafe dataset.withSample(index) { bytes, label in
                (LabelledIndex(index: index, label: label), Result { try unsafe Image(decoding: bytes) })
            }
        } catch {
            let label = (try? dataset.label(index)) ?? ""
            return (LabelledIndex(index: index, label: label), .failure(error))
        }
    }
}

/// What came of one sample.
public struct EvaluatedSample: Sendable {
    /// Where it is stored.
    public let name: SampleName
    /// What the image shows; empty where the label cannot be read.
    public let label: String
    /// What was read, or why nothing was.
    public let result: Result<Transcript, any Error>

    /// What was read; nil where the sample could not be decoded.
    public var transcript: Transcript? { try? result.get() }

    /// Why the sample could not be decoded, with its name; nil where it could.
    public var problem: String? {
        guard case .failure(let error) = result else { return nil }
        return error is DatasetError ? "\(error)" : "\(name): \(error)"
    }
}

/// What came of a whole set.
public struct EvaluationReport: Sendable, Hashable {
    /// How well answers and labels agree.
    public internal(set) var scores: Scores
    /// What the labels have that the model cannot answer.
    public internal(set) var unknownSymbols = UnknownSymbols()
    /// How long it took, decoding included.
    public internal(set) var seconds = 0.0

    /// No samples.
    public init(scores: Scores = Scores()) { self.scores = scores }

    /// Samples per second.
    public var imagesPerSecond: Double { seconds > 0 ? Double(scores.samples) / seconds : 0 }

    /// Adds what came of another set.
    public static func += (sum: inout EvaluationReport, other: EvaluationReport) {
        sum.scores += other.scores
        sum.unknownSymbols += other.unknownSymbols
        sum.seconds += other.seconds
    }
}

private struct LabelledIndex: Sendable {
    let index: Int
    let label: String
}
