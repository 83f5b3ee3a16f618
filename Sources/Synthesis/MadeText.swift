/// Texts that no book holds, made up of digits, signs and words.
struct MadeText {
    /// The symbols for random texts.
    let symbols: [Character]
    /// Where words come from.
    let word: (inout Chance) -> String
    /// How long random texts and lines should be, in characters.
    let length: Int

    /// A text of one kind.
    func text(_ kind: TextKinds.Kind, _ chance: inout Chance) -> String {
        switch kind {
        case .fromSources: word(&chance)
        case .numbers: number(&chance)
        case .prices: price(&chance)
        case .dates: MadeDate.date(&chance)
        case .times: MadeDate.time(&chance)
        case .percentages: percentage(&chance)
        case .phones: phone(&chance)
        case .codes: code(&chance)
        case .addresses: address(&chance)
        case .receipts: receipt(&chance)
        case .rules: rule(&chance)
        case .random: String((0..<max(1, min(length, 20))).map { _ in chance.pick(symbols) })
        }
    }

    /// `count` decimal digits.
    static func digits(_ count: Int, _ chance: inout Chance) -> String {
        String((0..<count).map { _ in chance.pick(Array("0123456789")) })
    }

    private static let capitals = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    private func digits(_ range: ClosedRange<Int>, _ chance: inout Chance) -> String {
        Self.digits(chance.whole(range), &chance)
    }

    private func capitals(_ range: ClosedRange<Int>, _ chance: inout Chance) -> String {
        String((0..<chance.whole(range)).map { _ in chance.pick(Self.capitals) })
    }

    func number(_ chance: inout Chance) -> String {
        let whole = String(chance.whole(0...chance.pick([9, 99, 999, 9999, 999_999])))
        let mark = chance.pick([".", ",", "."])
        switch chance.whole(0...11) {
        case 0...3: return whole
        case 4: return whole + mark + digits(1...3, &chance)
        case 5: return Self.grouped(whole, by: chance.pick([",", ".", " ", "’"]))
        case 6:
            return whole + chance.pick(["-", "–", "/", ":", "x", "×", " - "]) + String(chance.whole(0...999))
        case 7:
            return chance.pick(["No. ", "#", "p. ", "pp. ", "§ ", "§", "Nr. ", "n° ", "vol. ", "(", "["])
                + whole
        case 8:
            return whole
                + chance.pick([
                    ")", "]", ".", "th", "°C", "°", " kg", "g", " km", "mm", " m²", "st", "x", "º",
                ])
        case 9: return chance.pick(["-", "+", "±", "~", "–", "x", "<", ">"]) + whole
        case 10: return "(" + whole + ")"
        default: return digits(4...14, &chance)
        }
    }

    /// Digits in groups of three.
    static func grouped(_ digits: String, by mark: String) -> String {
        var output = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { output += mark }
            output.append(digit)
        }
        return output
    }

    func price(_ chance: inout Chance) -> String {
        let whole = String(chance.whole(0...chance.pick([9, 99, 999, 99_999])))
        let cents = Self.digits(2, &chance)
        switch chance.whole(0...9) {
        case 0...3: return whole + "." + cents
        case 4:
            return chance.pick(["$", "RM", "£", "€", "¥", "USD ", "RM ", "$ ", "€ ", "EUR "]) + whole + "."
                + cents
        case 5: return chance.pick(["$", "RM", "£", "€"]) + Self.grouped(whole, by: ",") + "." + cents
        case 6: return whole + "," + cents + chance.pick([" €", "€", " EUR", " Fr.", " kr", ""])
        case 7: return whole + chance.pick([".–", ",-", "¢", " $", ".00", ".50", ".90", ".99"])
        case 8: return "-" + whole + "." + cents
        default: return whole + "." + cents + chance.pick([" S", " SR", " *", "*", " T", " ZRL", " A", "-"])
        }
    }

    func percentage(_ chance: inout Chance) -> String {
        let whole = String(chance.whole(0...100))
        return chance.pick([
            whole + "%", whole + " %", whole + "." + Self.digits(chance.whole(1...2), &chance) + "%",
            "-" + whole + "%",
            "(" + whole + "%)", "@ " + whole + "%", "+" + whole + "%", whole + ",5 %", "GST " + whole + "%",
            "@" + whole + "%",
        ])
    }

    func phone(_ chance: inout Chance) -> String {
        let label = chance.pick([
            "", "", "", "TEL: ", "Tel : ", "FAX:", "TEL:", "Tel. ", "Phone: ", "T ", "FAX NO. ", "H/P: ",
        ])
        let (a, b, c) = (digits(3...4, &chance), digits(3...4, &chance), digits(2...4, &chance))
        return label
            + chance.pick([
                "0" + digits(1...2, &chance) + "-" + a + b, "0" + digits(1...2, &chance) + "-" + a + " " + b,
                "+" + digits(2...2, &chance) + " " + digits(1...3, &chance) + " " + a + " " + b,
                "(" + digits(3...3, &chance) + ") " + a + "-" + b,
                "+60" + digits(1...2, &chance) + "-" + a + " " + b,
                "1-800-" + digits(2...3, &chance) + "-" + b, a + "." + b + "." + c,
                "0" + digits(3...4, &chance) + "/" + a + c, a + " " + b + " " + c,
            ])
    }

    func code(_ chance: inout Chance) -> String {
        let mixed = String(
            (0..<chance.whole(3...10)).map { _ in chance.pick(Self.capitals + Array("0123456789")) })
        switch chance.whole(0...7) {
        case 0: return capitals(1...4, &chance) + digits(2...7, &chance)
        case 1: return digits(2...7, &chance) + "-" + capitals(1...2, &chance)
        case 2:
            return capitals(1...3, &chance) + chance.pick(["-", "/", " ", ".", "_"]) + digits(2...6, &chance)
        case 3: return "(" + digits(4...7, &chance) + "-" + capitals(1...1, &chance) + ")"
        case 4: return digits(1...4, &chance) + "/" + digits(1...4, &chance)
        case 5: return digits(6...13, &chance)
        case 6: return chance.happens(0.5) ? mixed : mixed.lowercased()
        default: return digits(1...3, &chance) + capitals(1...2, &chance) + digits(0...3, &chance)
        }
    }

    func address(_ chance: inout Chance) -> String {
        let (first, second) = (plainWord(&chance), plainWord(&chance))
        let end = chance.pick([
            "com", "com", "org", "net", "de", "fr", "es", "it", "co.uk", "com.my", "eu", "info", "edu",
        ])
        switch chance.whole(0...6) {
        case 0: return first + "@" + second + "." + end
        case 1: return first + chance.pick([".", "_", "-"]) + second + "@" + plainWord(&chance) + "." + end
        case 2: return "www." + first + "." + end
        case 3: return "http://www." + first + "." + end
        case 4: return "https://" + first + "." + end + "/" + second
        case 5: return "WWW." + first.uppercased() + "." + end.uppercased()
        default: return first + "." + end
        }
    }

    /// A word of small ASCII letters alone.
    private func plainWord(_ chance: inout Chance) -> String {
        let letters = word(&chance).lowercased().filter { $0.isASCII && $0.isLetter }
        return letters.isEmpty ? "mail" : String(letters)
    }

    func rule(_ chance: inout Chance) -> String {
        let sign = chance.pick(["*", "-", "=", ".", "_", "#", "~", "–", "+", "x"])
        let run = String(repeating: sign, count: chance.whole(1...max(1, min(length, 40))))
        switch chance.whole(0...4) {
        case 0: return run.prefix(5) + " " + word(&chance).uppercased() + " " + run.prefix(5)
        case 1: return word(&chance) + run.prefix(12) + String(chance.whole(1...200))
        case 2: return run.map(String.init).prefix(12).joined(separator: " ")
        default: return run
        }
    }
}
