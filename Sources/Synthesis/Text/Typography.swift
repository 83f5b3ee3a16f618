import Files

/// Typographic punctuation, and the usual contexts of symbols.
enum Typography {
    /// `text` with curly quotes, dashes and ellipses instead of their ASCII substitutes.
    static func typographic(_ text: String) -> String {
        var output = ""
        for character in text {
            let opens = output.last.map { " ([-–—“‘".contains($0) } ?? true
            switch character {
            case "\"": output.append(opens ? "“" : "”")
            case "'", "`": output.append(opens ? "‘" : "’")
            default: output.append(character)
            }
        }
        return output.replacing("---", with: "—").replacing("--", with: "—").replacing("...", with: "…")
            .replacing(" - ", with: " – ")
    }

    /// `text` with a long s for every s that another letter follows, as printers set it before 1800.
    static func withLongS(_ text: String) -> String {
        let symbols = Array(text)
        return String(
            symbols.indices.map { index in
                let isInside = index + 1 < symbols.count && symbols[index + 1].isLetter
                return symbols[index] == "s" && isInside ? "ſ" : symbols[index]
            })
    }

    /// A text with `symbol` in one of its usual positions relative to the first two of `words`.
    ///
    /// It has at most `length` characters if `length` is 3 or more; otherwise at most 3.
    static func text(
        with symbol: Character, around words: [String], length: Int, using generator: inout SeededGenerator
    ) -> String {
        let (first, second) = (words[0], words[1])
        let sign = String(symbol)
        var forms = [
            sign + first, first + sign, first + " " + sign + " " + second, first + sign + second, sign,
            sign + sign,
        ]
        if symbol.isLetter { forms = letters(sign, first) }
        if let pair = pairs[symbol] {
            forms += [pair.0 + first + pair.1, first + " " + pair.0 + second + pair.1]
        }
        if amounts.contains(symbol) { forms += amountForms(sign, &generator) }
        let fitting = forms.filter { $0.count <= max(length, 3) }
        return generator.pick(fitting.isEmpty ? [sign] : fitting)
    }

    /// `word` with `letter` at its beginning, in its middle, or at its end.
    private static func letters(_ letter: String, _ word: String) -> [String] {
        let middle = word.index(word.startIndex, offsetBy: word.count / 2)
        let isUpper = letter == letter.uppercased()
        let cased = isUpper ? word.uppercased() : word
        let inside = cased[..<min(middle, cased.endIndex)] + letter + cased[min(middle, cased.endIndex)...]
        return [
            letter + (isUpper ? word.lowercased() : word), cased + letter, String(inside), String(inside),
        ]
    }

    private static let amounts: Set<Character> = Set("$€£¥¢%°§#±×½¼¾²³@+=<>~")

    private static func amountForms(_ sign: String, _ generator: inout SeededGenerator) -> [String] {
        let number = String(generator.integer(in: 0...(generator.bernoulli(0.5) ? 99 : 9999)))
        return [
            sign + number, number + sign, number + " " + sign, sign + " " + number, number + sign + number,
        ]
    }

    private static let pairs: [Character: (String, String)] = {
        let pairs = [
            "“”", "‘’", "„“", "«»", "()", "[]", "{}", "<>", "\"\"", "''", "¿?", "¡!", "**", "__", "||", "//",
            "~~",
        ]
        var table: [Character: (String, String)] = [:]
        for pair in pairs {
            let (opening, closing) = (pair.first!, pair.last!)
            table[opening] = (String(opening), String(closing))
            table[closing] = table[closing] ?? (String(opening), String(closing))
        }
        return table
    }()
}
