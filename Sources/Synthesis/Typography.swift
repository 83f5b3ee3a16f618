/// How printers write what typewriters write with fewer signs, and where signs stand.
enum Typography {
    /// `text` with curly quotes, dashes and ellipses.
    static func curled(_ text: String) -> String {
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

    /// A text of `words` with `symbol` where such a sign usually stands, or anywhere.
    static func text(
        with symbol: Character, around words: [String], length: Int, using chance: inout Chance
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
        if amounts.contains(symbol) { forms += amountForms(sign, &chance) }
        let fitting = forms.filter { $0.count <= max(length, 3) }
        return chance.pick(fitting.isEmpty ? [sign] : fitting)
    }

    /// A word with a letter at its beginning, inside, or at its end.
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

    private static func amountForms(_ sign: String, _ chance: inout Chance) -> [String] {
        let number = String(chance.whole(0...(chance.happens(0.5) ? 99 : 9999)))
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
