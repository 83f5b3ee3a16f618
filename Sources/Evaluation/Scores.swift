import Foundation

/// How well transcripts agree with labels, accumulated sample by sample.
///
/// Texts are compared as graphemes in Unicode's composed form (NFC), white space included. Case counts unless it is
/// ignored; the alphanumeric measure always ignores it. The sum of the scores of several data sets is the score of all
/// their samples together.
public struct Scores: Sendable, Hashable {
    /// The number of samples.
    public private(set) var samples = 0
    /// The number of samples without a transcript, because they could not be decoded.
    public private(set) var unreadable = 0
    private let ignoresCase: Bool
    private var exact = 0
    private var alphanumeric = 0
    /// The samples with letters or digits of the alphanumeric measure.
    private var alphanumericSamples = 0
    private var characterErrors = 0
    private var characters = 0
    private var wordErrors = 0
    private var words = 0
    private var similarity = 0.0

    /// Creates scores without samples. If case is ignored, texts are compared in lower case.
    public init(ignoringCase: Bool = false) { ignoresCase = ignoringCase }

    /// Counts one sample.
    ///
    /// - Parameters:
    ///   - label: The text that the image shows.
    ///   - answer: The text that was read; nil if the sample could not be decoded. Nil is wrong in every measure, like
    ///     an empty answer to a label that is not empty.
    public mutating func add(label: String, answer: String?) {
        let expected = Text(ignoresCase ? label.lowercased() : label)
        let found = Text(ignoresCase ? answer?.lowercased() ?? "" : answer ?? "")
        let distance = editDistance(expected.graphemes, found.graphemes)
        samples += 1
        characterErrors += distance
        characters += expected.graphemes.count
        wordErrors += editDistance(expected.words, found.words)
        words += expected.words.count
        let isAlphanumeric = !expected.alphanumeric.isEmpty || !found.alphanumeric.isEmpty
        alphanumericSamples += isAlphanumeric ? 1 : 0
        guard answer != nil else {
            unreadable += 1
            return
        }
        exact += distance == 0 ? 1 : 0
        alphanumeric += isAlphanumeric && expected.alphanumeric == found.alphanumeric ? 1 : 0
        let length = max(expected.graphemes.count, found.graphemes.count)
        similarity += length == 0 ? 1 : 1 - Double(distance) / Double(length)
    }

    /// The scores of two data sets together.
    public static func + (first: Scores, second: Scores) -> Scores {
        var sum = first
        sum += second
        return sum
    }

    /// Adds the samples of another data set.
    public static func += (sum: inout Scores, other: Scores) {
        sum.samples += other.samples
        sum.unreadable += other.unreadable
        sum.exact += other.exact
        sum.alphanumeric += other.alphanumeric
        sum.alphanumericSamples += other.alphanumericSamples
        sum.characterErrors += other.characterErrors
        sum.characters += other.characters
        sum.wordErrors += other.wordErrors
        sum.words += other.words
        sum.similarity += other.similarity
    }

    /// The measures so far.
    public var rates: Rates {
        Rates(
            exact: fraction(exact, samples), alphanumeric: fraction(alphanumeric, alphanumericSamples),
            cer: fraction(characterErrors, characters), wer: fraction(wordErrors, words),
            ned: samples == 0 ? nil : similarity / Double(samples))
    }

    /// Nil if nothing was counted. If only the total is 0, each error counts as 1 instead of infinity.
    private func fraction(_ count: Int, _ total: Int) -> Double? {
        count == 0 && total == 0 ? nil : Double(count) / Double(max(1, total))
    }
}

/// One text in the forms that are compared.
private struct Text {
    let graphemes: [Character]

    init(_ text: String) { graphemes = Array(text.precomposedStringWithCanonicalMapping) }

    /// The words, separated by white space.
    var words: [[Character]] { graphemes.split(whereSeparator: \.isWhitespace).map(Array.init) }

    /// The letters a–z, in lower case, and the digits 0–9.
    var alphanumeric: [Character] {
        graphemes.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.flatMap { $0.lowercased() }
    }
}
