import Datasets
import Foundation
import Imaging
import Recognition
import Synchronization
import TestSupport
import Testing

@testable import Evaluation

/// Counts reads from many threads.
private final class Reads: Sendable {
    private let number = Mutex(0)

    var value: Int { number.withLock { $0 } }

    func count() { number.withLock { $0 += 1 } }
}

/// Labelled images in memory; an image of no bytes cannot be decoded.
private struct MemoryImages: LabelledImages {
    let samples: [LabelledImage]
    let reads = Reads()

    var count: Int { samples.count }

    func withSample<Result>(
        _ index: Int, _ body: (UnsafeRawBufferPointer, String) throws -> Result
    ) throws -> Result {
        reads.count()
        return try samples[index].bytes.withUnsafeBytes { try body($0, samples[index].label) }
    }

    func label(_ index: Int) throws(DatasetError) -> String { samples[index].label }

    func name(_ index: Int) -> SampleName { SampleName(path: "memory", key: samples[index].key) }

    /// Images of the given widths; 0 stands for one that cannot be decoded.
    init(widths: [Int]) throws {
        samples = try widths.enumerated().map { index, width in
            let pixels = (0..<width * 16).map { UInt8(truncatingIfNeeded: $0 * (7 + index % 11)) }
            let bytes = width == 0 ? [] : try Image(width: width, height: 16, pixels: pixels).encodedPNG()
            return LabelledImage(key: "image-\(index)", label: "\(index)", bytes: bytes)
        }
    }
}

@Suite struct EvaluatorTests {
    @Test func samplesComeInTheOrderOfTheSetWithTheAnswersOfTheRecognizer() throws {
        let dataset = try MemoryImages(widths: (0..<60).map { [9, 24, 17, 50][$0 % 4] })
        var recognizer = try randomRecognizer()
        recognizer.batchPixels = 16 * 24 * 4
        var answers: [String?] = []
        var keys: [String] = []
        let report = Evaluator(of: recognizer, workers: 3).report(on: dataset) {
            answers.append($0.transcript?.text)
            keys.append($0.name.key)
        }
        let images = try dataset.samples.map { try Image(decoding: $0.bytes) }
        #expect(keys == dataset.samples.map(\.key))
        #expect(try answers == recognizer.read(images).map(\.text))
        #expect(Set(answers).count > 4)
        #expect(report.scores.samples == 60 && report.scores.unreadable == 0)
        #expect(report.imagesPerSecond > 0)
    }

    @Test func spansLieInTheOriginalImage() throws {
        let dataset = try MemoryImages(widths: [40])
        var spans: [Range<Float>] = []
        _ = Evaluator(of: try randomRecognizer()).report(on: dataset) {
            spans = $0.transcript?.symbols.map(\.span) ?? []
        }
        let image = try Image(decoding: dataset.samples[0].bytes)
        #expect(try spans == randomRecognizer().read([image])[0].symbols.map(\.span))
        #expect(!spans.isEmpty && spans.allSatisfy { !$0.isEmpty })
    }

    @Test func undecodableSamplesAreHandedOverWithTheirReason() throws {
        let dataset = try MemoryImages(widths: [20, 0, 20])
        var problems: [String?] = []
        let report = Evaluator(of: try randomRecognizer()).report(on: dataset) { problems.append($0.problem) }
        #expect(problems.map { $0 == nil } == [true, false, true])
        #expect(problems[1]?.hasPrefix("image-1 in memory: no bytes") == true)
        #expect(report.scores.samples == 3 && report.scores.unreadable == 1)
    }

    @Test func emptySetsGiveNoSamples() throws {
        let report = try Evaluator(of: randomRecognizer()).report(on: MemoryImages(widths: []))
        #expect(report.scores == Scores() && report.imagesPerSecond == 0)
    }

    @Test func throwingEndsTheReading() throws {
        struct Enough: Error {}
        let dataset = try MemoryImages(widths: [Int](repeating: 20, count: 3000))
        var recognizer = try randomRecognizer()
        recognizer.batchPixels = 1
        #expect(throws: Enough.self) {
            try Evaluator(of: recognizer, workers: 1).report(on: dataset) { _ in throw Enough() }
        }
        #expect(dataset.reads.value < 1000)
    }

    @Test func symbolsThatTheAlphabetLacksAreCountedOncePerLabel() throws {
        var unknown = UnknownSymbols()
        let alphabet = try Alphabet(characters: "abc")
        for label in ["abc", "abx", "xxy", "e\u{301}"] { unknown.add(label: label, alphabet: alphabet) }
        #expect(unknown.labels == 3)
        #expect(unknown.counts == ["x": 2, "y": 1, "é": 1])
        #expect(unknown.symbols == ["x", "y", "é"])
    }
}
