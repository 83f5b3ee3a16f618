import Files

/// Generates texts that running text seldom contains, such as prices, codes and addresses.
struct SyntheticText {
    /// The symbols of random texts.
    let symbols: [Character]
    /// Returns a random word.
    let word: (inout SeededGenerator) -> String
    /// The length of random texts and the maximum length of rules, in characters.
    let length: Int

    /// A random text of `kind`.
    func text(_ kind: TextKinds.Kind, _ generator: inout SeededGenerator) -> String {
        switch kind {
        case .fromSources: word(&generator)
        case .numbers: number(&generator)
        case .prices: price(&generator)
        case .dates: SyntheticDate.date(&generator)
        case .times: SyntheticDate.time(&generator)
        case .percentages: percentage(&generator)
        case .phones: phone(&generator)
        case .codes: code(&generator)
        case .addresses: address(&generator)
        case .receipts: receipt(&generator)
        case .rules: rule(&generator)
        case .characters: characters(&generator)
        case .random: String((0..<max(1, min(length, 20))).map { _ in generator.pick(symbols) })
        }
    }

    /// One ASCII letter or digit, or two.
    private func characters(_ generator: inout SeededGenerator) -> String {
        let digits = Array("0123456789")
        let choice = generator.pick([
            Self.capitals, Self.capitals, digits, Array("abcdefghijklmnopqrstuvwxyz"),
        ])
        let first = String(generator.pick(choice))
        return generator.bernoulli(0.7)
            ? first : first + String(generator.pick(generator.pick([choice, digits])))
    }

    /// `count` decimal digits.
    static func digits(_ count: Int, _ generator: inout SeededGenerator) -> String {
        String((0..<count).map { _ in generator.pick(Array("0123456789")) })
    }

    private static let capitals = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    private func digits(_ range: ClosedRange<Int>, _ generator: inout SeededGenerator) -> String {
        Self.digits(generator.integer(in: range), &generator)
    }

    private func capitals(_ range: ClosedRange<Int>, _ generator: inout SeededGenerator) -> String {
        String((0..<generator.integer(in: range)).map { _ in generator.pick(Self.capitals) })
    }

    func number(_ generator: inout SeededGenerator) -> String {
        let whole = String(generator.integer(in: 0...generator.pick([9, 99, 999, 9999, 999_999])))
        let mark = generator.pick([".", ",", "."])
        switch generator.integer(in: 0...11) {
        case 0...3: return whole
        case 4: return whole + mark + digits(1...3, &generator)
        case 5: return Self.grouped(whole, by: generator.pick([",", ".", " ", "’"]))
        case 6:
            return whole + generator.pick(["-", "–", "/", ":", "x", "×", " - "])
                + String(generator.integer(in: 0...999))
        case 7:
            return generator.pick(["No. ", "#", "p. ", "pp. ", "§ ", "§", "Nr. ", "n° ", "vol. ", "(", "["])
                + whole
        case 8:
            return whole
                + generator.pick([
                    ")", "]", ".", "th", "°C", "°", " kg", "g", " km", "mm", " m²", "st", "x", "º",
                ])
        case 9: return generator.pick(["-", "+", "±", "~", "–", "x", "<", ">"]) + whole
        case 10: return "(" + whole + ")"
        default: return digits(4...14, &generator)
        }
    }

    /// `digits` in groups of three, separated by `mark`.
    static func grouped(_ digits: String, by mark: String) -> String {
        var output = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { output += mark }
            output.append(digit)
        }
        return output
    }

    func price(_ generator: inout SeededGenerator) -> String {
        let whole = String(generator.integer(in: 0...generator.pick([9, 99, 999, 99_999])))
        let cents = Self.digits(2, &generator)
        switch generator.integer(in: 0...9) {
        case 0...3: return whole + "." + cents
        case 4:
            return generator.pick(["$", "RM", "£", "€", "¥", "USD ", "RM ", "$ ", "€ ", "EUR "]) + whole + "."
                + cents
        case 5: return generator.pick(["$", "RM", "£", "€"]) + Self.grouped(whole, by: ",") + "." + cents
        case 6: return whole + "," + cents + generator.pick([" €", "€", " EUR", " Fr.", " kr", ""])
        case 7: return whole + generator.pick([".–", ",-", "¢", " $", ".00", ".50", ".90", ".99"])
        case 8: return "-" + whole + "." + cents
        default:
            return whole + "." + cents + generator.pick([" S", " SR", " *", "*", " T", " ZRL", " A", "-"])
        }
    }

    func percentage(_ generator: inout SeededGenerator) -> String {
        let whole = String(generator.integer(in: 0...100))
        return generator.pick([
            whole + "%", whole + " %",
            whole + "." + Self.digits(generator.integer(in: 1...2), &generator) + "%",
            "-" + whole + "%",
            "(" + whole + "%)", "@ " + whole + "%", "+" + whole + "%", whole + ",5 %", "GST " + whole + "%",
            "@" + whole + "%",
        ])
    }

    func phone(_ generator: inout SeededGenerator) -> String {
        let label = generator.pick([
            "", "", "", "TEL: ", "Tel : ", "FAX:", "TEL:", "Tel. ", "Phone: ", "T ", "FAX NO. ", "H/P: ",
        ])
        let (a, b, c) = (digits(3...4, &generator), digits(3...4, &generator), digits(2...4, &generator))
        return label
            + generator.pick([
                "0" + digits(1...2, &generator) + "-" + a + b,
                "0" + digits(1...2, &generator) + "-" + a + " " + b,
                "+" + digits(2...2, &generator) + " " + digits(1...3, &generator) + " " + a + " " + b,
                "(" + digits(3...3, &generator) + ") " + a + "-" + b,
                "+60" + digits(1...2, &generator) + "-" + a + " " + b,
                "1-800-" + digits(2...3, &generator) + "-" + b, a + "." + b + "." + c,
                "0" + digits(3...4, &generator) + "/" + a + c, a + " " + b + " " + c,
            ])
    }

    func code(_ generator: inout SeededGenerator) -> String {
        let mixed = String(
            (0..<generator.integer(in: 3...10)).map { _ in generator.pick(Self.capitals + Array("0123456789"))
            })
        switch generator.integer(in: 0...7) {
        case 0: return capitals(1...4, &generator) + digits(2...7, &generator)
        case 1: return digits(2...7, &generator) + "-" + capitals(1...2, &generator)
        case 2:
            return capitals(1...3, &generator) + generator.pick(["-", "/", " ", ".", "_"])
                + digits(2...6, &generator)
        case 3: return "(" + digits(4...7, &generator) + "-" + capitals(1...1, &generator) + ")"
        case 4: return digits(1...4, &generator) + "/" + digits(1...4, &generator)
        case 5: return digits(6...13, &generator)
        case 6: return generator.bernoulli(0.5) ? mixed : mixed.lowercased()
        default: return digits(1...3, &generator) + capitals(1...2, &generator) + digits(0...3, &generator)
        }
    }

    func address(_ generator: inout SeededGenerator) -> String {
        let (first, second) = (plainWord(&generator), plainWord(&generator))
        let end = generator.pick([
            "com", "com", "org", "net", "de", "fr", "es", "it", "co.uk", "com.my", "eu", "info", "edu",
        ])
        switch generator.integer(in: 0...6) {
        case 0: return first + "@" + second + "." + end
        case 1:
            return first + generator.pick([".", "_", "-"]) + second + "@" + plainWord(&generator) + "." + end
        case 2: return "www." + first + "." + end
        case 3: return "http://www." + first + "." + end
        case 4: return "https://" + first + "." + end + "/" + second
        case 5: return "WWW." + first.uppercased() + "." + end.uppercased()
        default: return first + "." + end
        }
    }

    /// A random word of lowercase ASCII letters.
    private func plainWord(_ generator: inout SeededGenerator) -> String {
        let letters = word(&generator).lowercased().filter { $0.isASCII && $0.isLetter }
        return letters.isEmpty ? "mail" : String(letters)
    }

    func rule(_ generator: inout SeededGenerator) -> String {
        let sign = generator.pick(["*", "-", "=", ".", "_", "#", "~", "–", "+", "x"])
        let run = String(repeating: sign, count: generator.integer(in: 1...max(1, min(length, 40))))
        switch generator.integer(in: 0...4) {
        case 0: return run.prefix(5) + " " + word(&generator).uppercased() + " " + run.prefix(5)
        case 1: return word(&generator) + run.prefix(12) + String(generator.integer(in: 1...200))
        case 2: return run.map(String.init).prefix(12).joined(separator: " ")
        default: return run
        }
    }
}
