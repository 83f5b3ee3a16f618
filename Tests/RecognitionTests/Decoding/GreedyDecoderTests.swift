import Foundation
import Recognition
import Tensors
import TestSupport
import Testing

private let alphabet = [1: "a", 2: "b", 3: "c"]

/// The decoder's answer for each sample, whose frames have the given probabilities `[frames × classes]`.
private func decode(samples: [[[Double]]]) throws -> [Transcript] {
    let (frames, classCount) = (samples[0].count, samples[0][0].count)
    let scores = samples.joined().joined().map { Float(log($0) + 3) }
    return try GreedyDecoder().decode(
        Tensor(scores, shape: [samples.count, frames, classCount], on: ReferenceDevice()),
        Alphabet((1..<classCount).map { alphabet[$0] ?? "?" }))
}

/// The decoder's answer for one sample.
private func decode(_ probabilities: [[Double]]) throws -> Transcript {
    try decode(samples: [probabilities])[0]
}

/// Frames in which the class of each digit has 0.7, and the other two of three classes 0.2 and 0.1.
private func frames(_ path: [Int]) -> [[Double]] {
    path.map { winner in
        var frame = [0.1, 0.1, 0.1]
        frame[(winner + 1) % 3] = 0.2
        frame[winner] = 0.7
        return frame
    }
}

/// The sum over all paths that collapse to `label` of their probabilities.
private func bruteForce(_ probabilities: [[Double]], _ label: [Int]) -> Double {
    var sum = 0.0
    for path in alignments(time: probabilities.count, classCount: probabilities[0].count)
    where collapsed(path) == label {
        sum += zip(probabilities, path).reduce(1) { $0 * $1.0[$1.1] }
    }
    return sum
}

@Test(arguments: [
    ([1], "a"), ([0], ""), ([0, 0, 0], ""), ([1, 1, 1], "a"), ([1, 0, 1], "aa"), ([1, 1, 0, 0, 1], "aa"),
    ([0, 1, 2, 2, 0], "ab"), ([2, 1, 2], "bab"), ([0, 2, 0, 2, 1, 1], "bba"), ([1, 2, 0, 0, 0, 0], "ab"),
])
func repeatsMergeAndBlanksVanish(path: [Int], text: String) throws {
    let transcript = try decode(frames(path))
    #expect(transcript.text == text)
    #expect(transcript.symbols.map(\.text).joined() == text)
}

@Test(arguments: [
    [1], [0], [0, 0], [1, 0, 1], [1, 1, 2], [0, 1, 2, 2, 0], [1, 0, 1, 2, 0, 2], [1, 2, 0, 0, 1, 1],
])
func confidenceIsTheSumOverAllAlignments(path: [Int]) throws {
    let probabilities = frames(path)
    let expected = bruteForce(probabilities, collapsed(path))
    let confidence = try Double(decode(probabilities).confidence)
    #expect(abs(confidence - expected) < 1e-6 * max(1, expected), "\(confidence) for \(expected)")
}

@Test func aSymbolsConfidenceIsItsGreatestProbability() throws {
    let transcript = try decode([[0.1, 0.6, 0.3], [0.05, 0.9, 0.05], [0.2, 0.5, 0.3], [0.3, 0.25, 0.45]])
    #expect(transcript.text == "ab")
    #expect(abs(transcript.symbols[0].confidence - 0.9) < 1e-6)
    #expect(abs(transcript.symbols[1].confidence - 0.45) < 1e-6)
}

@Test func symbolsKnowTheirFrames() throws {
    let transcript = try decode(frames([0, 1, 1, 0, 1, 2, 2, 2, 0, 0, 1]))
    #expect(transcript.text == "aaba")
    #expect(transcript.symbols.map(\.frames) == [1..<3, 4..<5, 5..<8, 10..<11])
    #expect(transcript.symbols.allSatisfy { $0.span.isEmpty })
}

@Test func theFirstOfEquallyLikelyClassesWins() throws {
    #expect(try decode([[0.4, 0.4, 0.2]]).text == "")
    #expect(try decode([[0.2, 0.4, 0.4]]).text == "a")
}

@Test func certaintyIsOneAndNeverMore() throws {
    let (blank, symbol): ([Float], [Float]) = ([60, 0], [0, 60])
    let rows = (0..<200).map { $0 % 3 == 0 ? blank : symbol }
    let scores = Tensor(rows.flatMap(\.self), shape: [1, 200, 2], on: ReferenceDevice())
    let transcript = try GreedyDecoder().decode(scores, Alphabet(["a"]))[0]
    #expect(transcript.text.count == 67)
    #expect(transcript.confidence <= 1 && transcript.confidence > 0.999)
}

@Test func samplesAreDecodedApart() throws {
    let rows = [frames([1, 2, 1]), frames([0, 0, 0]), frames([2, 2, 2])]
    let transcripts = try decode(samples: rows)
    #expect(transcripts.map(\.text) == ["aba", "", "b"])
    for (row, transcript) in zip(rows, transcripts) { #expect(try decode(row) == transcript) }
}

@Test func brokenScoresHaveNoConfidence() throws {
    let scores = Tensor(repeating: .nan, shape: [1, 4, 3], on: ReferenceDevice())
    let transcript = try GreedyDecoder().decode(scores, Alphabet(["a", "b"]))[0]
    #expect(transcript.text == "")
    #expect(transcript.confidence == 0)
}

@Test func anyClassCanBeTheBlank() {
    let rows: [[Float]] = [[9, 0, 0], [0, 0, 9], [9, 0, 0], [9, 0, 0], [0, 9, 0]]
    let scores = Tensor(rows.flatMap(\.self), shape: [1, 5, 3], on: ReferenceDevice())
    #expect(GreedyDecoder().classes(scores, blank: 2) == [[0, 0, 1]])
    #expect(GreedyDecoder().classes(scores, blank: 0) == [[2, 1]])
}
