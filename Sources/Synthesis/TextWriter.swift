internal import Foundation

/// What one picture says.
struct WrittenText {
    /// The label.
    var text: String
    /// How many bytes at its end are drawn small and raised.
    var raisedBytes = 0
}

/// Makes the texts of a configuration.
struct TextWriter: Sendable {
    let options: TextOptions
    let corpus: Corpus
    private let alphabet: Set<Character>
    private let symbols: [Character]
    private let rare: [Character]
    private let maximumLength: Int

    /// Reads the sources of `options`, whose relative paths lead from `base`.
    init(_ options: TextOptions, base: String) throws(SynthesisError) {
        (self.options, corpus) = (options, try Corpus(options, base: base))
        alphabet = Set(options.alphabet)
        let symbols = options.alphabet.isEmpty ? TextOptions.westernAlphabet : options.alphabet
        self.symbols = symbols.filter { $0 != " " }
        rare = RareSymbols(alphabet: options.alphabet).symbols
        maximumLength = Int(options.lengths.map(\.range.upper).max() ?? 15)
    }

    /// A text, all of whose symbols are in the alphabet.
    func text(using chance: inout Chance) throws(SynthesisError) -> WrittenText {
        for _ in 0..<200 {
            var written = WrittenText(text: Self.cleaned(draft(using: &chance)))
            guard isUsable(written.text) else { continue }
            if chance.happens(options.footnotes) { addFootnote(to: &written, using: &chance) }
            return written
        }
        throw .noUsableText(
            reason:
                "200 texts in a row hold symbols outside the alphabet or are longer than the lengths allow; "
                + "check `text.alphabet` and `text.lengths`")
    }

    private func isUsable(_ text: String) -> Bool {
        !text.isEmpty && text.count <= maximumLength
            && (alphabet.isEmpty || text.allSatisfy { alphabet.contains($0) })
    }

    /// A text that may still hold what the alphabet lacks.
    private func draft(using chance: inout Chance) -> String {
        if !rare.isEmpty, chance.happens(options.balanced) {
            return text(with: chance.pick(rare), using: &chance)
        }
        let kinds = options.kinds.all
        let kind = kinds[
            chance.index(weights: kinds.map { $0.kind == .fromSources && corpus.isEmpty ? 0 : $0.weight })]
        if kind.kind == .fromSources { return fromSources(at: corpus.place(using: &chance), using: &chance) }
        let word: (inout Chance) -> String = { self.word(using: &$0) }
        return MadeText(symbols: symbols, word: word, length: length(using: &chance)).text(kind.kind, &chance)
    }

    private func length(using chance: inout Chance) -> Int {
        let range = options.lengths[chance.index(weights: options.lengths.map(\.weight))].range
        return max(1, Int(chance.uniform(range).rounded()))
    }

    /// Words of the sources, written as people and printers write them.
    private func fromSources(at place: Corpus.Place, using chance: inout Chance) -> String {
        var text = corpus.text(at: place, length: length(using: &chance))
        if chance.happens(options.hyphenated) { text = Self.hyphenated(text, using: &chance) }
        if chance.happens(options.typographic) { text = Typography.curled(text) }
        return cased(text, using: &chance)
    }

    private func cased(_ text: String, using chance: inout Chance) -> String {
        let cases = options.letterCase
        switch chance.index(weights: cases.all) {
        case 1: return text.uppercased()
        case 2:
            return text.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(
                separator: " ")
        case 3: return text.lowercased()
        default: return text
        }
    }

    /// One word, or a made-up one where there are no sources.
    private func word(using chance: inout Chance) -> String {
        guard !corpus.isEmpty else {
            return String((0..<chance.whole(2...8)).map { _ in chance.pick(symbols) })
        }
        return corpus.text(at: corpus.place(using: &chance), length: chance.whole(3...12))
    }

    /// A text that holds `symbol`: from the sources where they have it, else put into one.
    private func text(with symbol: Character, using chance: inout Chance) -> String {
        if let places = corpus.places[symbol], places.count > 20, chance.happens(0.7) {
            let text = fromSources(at: chance.pick(places), using: &chance)
            if text.contains(symbol) || chance.happens(0.5) { return text }
        }
        let length = length(using: &chance)
        let form = Typography.text(
            with: symbol, around: [word(using: &chance), word(using: &chance)], length: length, using: &chance
        )
        return surrounded(form, length: length, using: &chance)
    }

    /// `text` between words of the sources, as far as `length` leaves room for them.
    private func surrounded(_ text: String, length: Int, using chance: inout Chance) -> String {
        let room = length - text.count - 1
        guard room >= 8, !corpus.isEmpty else { return text }
        var words = corpus.text(at: corpus.place(using: &chance), length: room).split(separator: " ").map(
            String.init)
        words.insert(text, at: chance.whole(0...words.count))
        return words.joined(separator: " ")
    }

    /// Cuts the last word, if it is long enough, and hyphenates it.
    private static func hyphenated(_ text: String, using chance: inout Chance) -> String {
        guard let last = text.split(separator: " ").last, last.count >= 5, last.allSatisfy(\.isLetter) else {
            return text
        }
        return text.dropLast(chance.whole(2...last.count - 2)) + "-"
    }

    private func addFootnote(to written: inout WrittenText, using chance: inout Chance) {
        guard let last = written.text.last, last.isLetter || ".,;”’".contains(last) else { return }
        let mark = String(chance.whole(1...(chance.happens(0.7) ? 9 : 40)))
        guard written.text.count + mark.count <= maximumLength,
            alphabet.isSuperset(of: mark) || alphabet.isEmpty
        else { return }
        written.text += mark
        written.raisedBytes = mark.utf8.count
    }

    /// NFC, without control characters, and with single spaces between words alone.
    private static func cleaned(_ text: String) -> String {
        text.precomposedStringWithCanonicalMapping.split(whereSeparator: \.isWhitespace).joined(
            separator: " "
        )
        .filter { !$0.unicodeScalars.contains { $0.value < 32 || $0.value == 0xAD || $0.value == 0xFEFF } }
    }
}
