public import Datasets
import Imaging
public import Recognition

/// Reads data sets with a recognizer and compares the transcripts with the labels.
public struct Evaluator: Sendable {
    /// The recognizer that is evaluated.
    public let recognizer: Recognizer
    /// The number of background threads that decode and prepare images.
    public let workers: Int
    /// Whether texts are compared in lower case.
    public let ignoresCase: Bool

    /// Creates an evaluator of `recognizer`.
    public init(of recognizer: Recognizer, workers: Int = 2, ignoringCase: Bool = false) {
        (self.recognizer, self.workers, ignoresCase) = (recognizer, workers, ignoringCase)
    }

    /// Reads all samples of `dataset`.
    ///
    /// No sample is skipped: one that cannot be decoded, or whose label cannot be read, counts as wrong, and `body`
    /// gets the reason.
    ///
    /// - Parameters:
    ///   - dataset: The labelled images.
    ///   - body: Receives each sample, in the order of the data set and on the caller's thread. If it throws, the
    ///     evaluation ends.
    public func report(
        on dataset: some LabelledImages, _ body: (EvaluatedSample) throws -> Void = { _ in }
    ) rethrows -> EvaluationReport {
        let clock = ContinuousClock()
        let start = clock.now
        var report = EvaluationReport(scores: Scores(ignoringCase: ignoresCase))
        let transcripts = recognizer.read(0..<dataset.count, workers: workers) { Self.load($0, of: dataset) }
        for (labelled, result) in transcripts {
            let sample = EvaluatedSample(
                name: dataset.name(labelled.index), label: labelled.label, result: result)
            report.scores.add(label: sample.label, answer: sample.transcript?.text)
            report.unknownSymbols.add(label: sample.label, alphabet: recognizer.alphabet)
            try body(sample)
        }
        report.seconds = (clock.now - start) / .seconds(1)
        return report
    }

    /// The label and the image of one sample; the label is kept if only the image is damaged.
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

private struct LabelledIndex: Sendable {
    let index: Int
    let label: String
}
