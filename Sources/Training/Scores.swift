import Foundation

/// How well answers agree with labels, gathered sample by sample.
///
/// Texts are compared as graphemes in Unicode's composed form (NFC), white space included, and case where it is not
/// ignored, but for the alphanumeric measure. Scores of several sets add up to the score of all their samples together.
public struct Scores: Sendable, Hashable {
    /// Samples counted.
    public private(set) var samples = 0
    /// Of these, samples that had no answer because they could not be decoded.
    public private(set) var unreadable = 0
    private let ignoresCase: Bool
    private var exact = 0
    private var alphanumeric = 0
    private var characterErrors = 0
    private var characters = 0
    private var wordErrors = 0
    private var words = 0
    private var similarity = 0.0

    /// No samples; those to come are compared in lower case where case is ignored.
    public init(ignoringCase: Bool = false) { ignoresCase = ignoringCase }

    /// Counts one sample.
    ///
    /// - Parameters:
    ///   - label: What the image shows.
    ///   - answer: What was read; nil where the sample could not be decoded, which is wrong in every measure, as
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
        guard answer != nil else {
            unreadable += 1
            return
        }
        exact += distance == 0 ? 1 : 0
        alphanumeric += expected.alphanumeric == found.alphanumeric ? 1 : 0
        let length = max(expected.graphemes.count, found.graphemes.count)
        similarity += length == 0 ? 1 : 1 - Double(distance) / Double(length)
    }

    /// The scores of two sets together.
    public static func + (first: Scores, second: Scores) -> Scores {
        var sum = first
        sum += second
        return sum
    }

    /// Adds another set's samples.
    public static func += (sum: inout Scores, other: Scores) {
        sum.samples += other.samples
        sum.unreadable += other.unreadable
        sum.exact += other.exact
        sum.alphanumeric += other.alphanumeric
        sum.characterErrors += other.characterErrors
        sum.characters += other.characters
        sum.wordErrors += other.wordErrors
        sum.words += other.words
        sum.similarity += other.similarity
    }

    /// The measures so far.
    public var rates: Rates {
        Rates(
            exact: fraction(exact, samples), alphanumeric: fraction(alphanumeric, samples),
            cer: fraction(characterErrors, characters), wer: fraction(wordErrors, words),
            ned: samples == 0 ? 0 : similarity / Double(samples))
    }

    /// Errors where nothing was expected count as one error each, not as infinitely many.
    private func fraction(_ count: Int, _ total: Int) -> Double {
        count == 0 ? 0 : Double(count) / Double(max(1, total))
    }
}

extension Scores {
    /// The measures of a set; of an empty one all are 0.
    public struct Rates: Sendable, Hashable, Codable {
        /// Share of samples whose answer equals the label, from 0 to 1.
        public let exact: Double
        /// Share of samples whose answer equals the label once both are brought to lower case and everything
        /// but a–z and 0–9 is left out, from 0 to 1: the protocol of the scene-text benchmarks.
        public let alphanumeric: Double
        /// Character error rate: edit distances of all samples in sum, by the lengths of all labels in sum.
        /// 0 is best; insertions can take it above 1.
        public let cer: Double
        /// Word error rate: as the character error rate, over words that white space parts.
        public let wer: Double
        /// 1 − normalised edit distance: the mean over samples of 1 − distance / the longer text's length, from
        /// 0 to 1, where two empty texts agree fully.
        public let ned: Double

        /// Groups the measures of one set.
        public init(exact: Double, alphanumeric: Double, cer: Double, wer: Double, ned: Double) {
            self.exact = exact
            self.alphanumeric = alphanumeric
            self.cer = cer
            self.wer = wer
            self.ned = ned
        }
    }
}

/// One text in the forms that are compared.
private struct Text {
    let graphemes: [Character]

    init(_ text: String) { graphemes = Array(text.precomposedStringWithCanonicalMapping) }

    /// What white space parts.
    var words: [[Character]] { graphemes.split(whereSeparator: \.isWhitespace).map(Array.init) }

    /// Letters a–z, in lower case, and digits 0–9.
    var alphanumeric: [Character] {
        graphemes.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.flatMap { $0.lowercased() }
    }
}
