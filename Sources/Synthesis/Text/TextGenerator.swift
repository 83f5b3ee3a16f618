import Files
import Foundation

/// Generates the texts of samples: excerpts of the sources, and synthetic texts.
struct TextGenerator: Sendable {
    let options: TextOptions
    let corpus: Corpus
    private let alphabet: Set<Character>
    private let symbols: [Character]
    private let rare: [Character]
    private let maximumLength: Int

    /// Reads the sources of `options`. Relative paths refer to `base`.
    init(_ options: TextOptions, base: String) throws(SynthesisError) {
        (self.options, corpus) = (options, try Corpus(options, base: base))
        alphabet = Set(options.alphabet)
        let symbols = options.alphabet.isEmpty ? TextOptions.westernAlphabet : options.alphabet
        self.symbols = symbols.filter { $0 != " " }
        rare = RareSymbols(alphabet: options.alphabet).symbols
        maximumLength = Int(options.lengths.map(\.range.upper).max() ?? 15)
    }

    /// A random text whose symbols are all in the alphabet.
    ///
    /// - Throws: ``SynthesisError/noUsableText(reason:)`` if 200 drafts in a row are unusable.
    func text(using generator: inout SeededGenerator) throws(SynthesisError) -> SampleText {
        for _ in 0..<200 {
            var result = SampleText(text: Self.normalized(draft(using: &generator)))
            guard isUsable(result.text) else { continue }
            if generator.bernoulli(options.footnotes) { addFootnote(to: &result, using: &generator) }
            return result
        }
        throw .noUsableText(
            reason:
                "200 texts in a row have symbols outside the alphabet or exceed the maximum length; "
                + "check `text.alphabet` and `text.lengths`")
    }

    private func isUsable(_ text: String) -> Bool {
        !text.isEmpty && text.count <= maximumLength
            && (alphabet.isEmpty || text.allSatisfy { alphabet.contains($0) })
    }

    /// A random text that may contain symbols outside the alphabet.
    private func draft(using generator: inout SeededGenerator) -> String {
        if !rare.isEmpty, generator.bernoulli(options.balanced) {
            return text(with: generator.pick(rare), using: &generator)
        }
        let kinds = options.kinds.all
        let kind = kinds[
            generator.index(weights: kinds.map { $0.kind == .fromSources && corpus.isEmpty ? 0 : $0.weight })]
        if kind.kind == .fromSources {
            return excerpt(at: corpus.place(using: &generator), using: &generator)
        }
        let word: (inout SeededGenerator) -> String = { self.word(using: &$0) }
        return SyntheticText(symbols: symbols, word: word, length: length(using: &generator)).text(
            kind.kind, &generator)
    }

    private func length(using generator: inout SeededGenerator) -> Int {
        let range = options.lengths[generator.index(weights: options.lengths.map(\.weight))].range
        return max(1, Int(generator.uniform(range).rounded()))
    }

    /// An excerpt of the sources with random hyphenation, typographic punctuation and letter case.
    private func excerpt(at place: Corpus.Place, using generator: inout SeededGenerator) -> String {
        var text = corpus.text(at: place, length: length(using: &generator))
        if generator.bernoulli(options.hyphenated) { text = Self.hyphenated(text, using: &generator) }
        if generator.bernoulli(options.typographic) { text = Typography.typographic(text) }
        text = cased(text, using: &generator)
        return options.longS > 0 && generator.bernoulli(options.longS) ? Typography.withLongS(text) : text
    }

    /// `text` in a random letter case.
    private func cased(_ text: String, using generator: inout SeededGenerator) -> String {
        let cases = options.letterCase
        switch generator.index(weights: cases.all) {
        case 1: return text.uppercased()
        case 2:
            return text.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(
                separator: " ")
        case 3: return text.lowercased()
        default: return text
        }
    }

    /// A short excerpt of the sources; random symbols if there are no sources.
    private func word(using generator: inout SeededGenerator) -> String {
        guard !corpus.isEmpty else {
            return String((0..<generator.integer(in: 2...8)).map { _ in generator.pick(symbols) })
        }
        return corpus.text(at: corpus.place(using: &generator), length: generator.integer(in: 3...12))
    }

    /// A text for `symbol`: mostly an excerpt around it if the sources contain it often, otherwise a synthetic text.
    private func text(with symbol: Character, using generator: inout SeededGenerator) -> String {
        if let places = corpus.places[symbol], places.count > 20, generator.bernoulli(0.7) {
            let text = excerpt(at: generator.pick(places), using: &generator)
            if text.contains(symbol) || generator.bernoulli(0.5) { return text }
        }
        let length = length(using: &generator)
        let form = Typography.text(
            with: symbol, around: [word(using: &generator), word(using: &generator)], length: length,
            using: &generator
        )
        return surrounded(form, length: length, using: &generator)
    }

    /// `text` between words of the sources, if `length` leaves room for them.
    private func surrounded(_ text: String, length: Int, using generator: inout SeededGenerator) -> String {
        let room = length - text.count - 1
        guard room >= 8, !corpus.isEmpty else { return text }
        var words = corpus.text(at: corpus.place(using: &generator), length: room).split(separator: " ").map(
            String.init)
        words.insert(text, at: generator.integer(in: 0...words.count))
        return words.joined(separator: " ")
    }

    /// `text` with its last word cut and hyphenated, if that word has at least five letters.
    private static func hyphenated(_ text: String, using generator: inout SeededGenerator) -> String {
        guard let last = text.split(separator: " ").last, last.count >= 5, last.allSatisfy(\.isLetter) else {
            return text
        }
        return text.dropLast(generator.integer(in: 2...last.count - 2)) + "-"
    }

    /// Appends a footnote number as superscript if the text ends in a letter or suitable punctuation.
    private func addFootnote(to result: inout SampleText, using generator: inout SeededGenerator) {
        guard let last = result.text.last, last.isLetter || ".,;”’".contains(last) else { return }
        let mark = String(generator.integer(in: 1...(generator.bernoulli(0.7) ? 9 : 40)))
        guard result.text.count + mark.count <= maximumLength,
            alphabet.isSuperset(of: mark) || alphabet.isEmpty
        else { return }
        result.text += mark
        result.superscriptBytes = mark.utf8.count
    }

    /// `text` in NFC, without control characters, and with single spaces between words.
    private static func normalized(_ text: String) -> String {
        text.precomposedStringWithCanonicalMapping.split(whereSeparator: \.isWhitespace).joined(
            separator: " "
        )
        .filter { !$0.unicodeScalars.contains { $0.value < 32 || $0.value == 0xAD || $0.value == 0xFEFF } }
    }
}
