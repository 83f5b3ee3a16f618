internal import Foundation

/// What can be wrong with a label by itself, and how it is put right.
public struct LabelDefects: Sendable {
    /// What is wrong and the particulars, each kind at most once.
    public private(set) var findings: [(kind: DatasetProblem.Kind, detail: String)] = []

    /// Looks at a label.
    public init(of label: String) {
        let scalars = label.unicodeScalars
        guard scalars.contains(where: { !$0.properties.isWhitespace }) else {
            findings = [(.emptyLabel, label.isEmpty ? "no text" : "nothing but white space")]
            return
        }
        findings = Self.whiteSpaceDefects(label) + Self.characterDefects(scalars)
        if !scalars.elementsEqual(label.precomposedStringWithCanonicalMapping.unicodeScalars) {
            findings.append((.notComposed, "\(quoted(label)) is not in Unicode's composed form (NFC)"))
        }
    }

    /// The label in composed form, without control and invisible characters, with single spaces and none at its ends.
    public static func repaired(_ label: String) -> String {
        var view = String.UnicodeScalarView()
        var isSpaceDue = false
        for scalar in label.precomposedStringWithCanonicalMapping.unicodeScalars where !isInvisible(scalar) {
            if scalar.properties.isWhitespace {
                isSpaceDue = !view.isEmpty
            } else if !isControl(scalar) {
                if isSpaceDue { view.append(" ") }
                isSpaceDue = false
                view.append(scalar)
            }
        }
        return String(view).precomposedStringWithCanonicalMapping
    }

    private static func whiteSpaceDefects(_ label: String) -> [(kind: DatasetProblem.Kind, detail: String)] {
        let spaces = label.unicodeScalars.map { $0.properties.isWhitespace }
        var found: [(kind: DatasetProblem.Kind, detail: String)] = []
        if spaces.first == true { found.append((.leadingSpace, "\(quoted(label)) begins with white space")) }
        if spaces.last == true { found.append((.trailingSpace, "\(quoted(label)) ends with white space")) }
        let words = spaces.drop(while: \.self).reversed().drop(while: \.self)
        if zip(words, words.dropFirst()).contains(where: { $0 && $1 }) {
            found.append((.doubleSpace, "\(quoted(label)) has two white spaces in a row"))
        }
        return found
    }

    private static func characterDefects(
        _ scalars: String.UnicodeScalarView
    ) -> [(kind: DatasetProblem.Kind, detail: String)] {
        let tests: [(DatasetProblem.Kind, (Unicode.Scalar) -> Bool)] = [
            (.controlCharacter, isControl), (.invisibleCharacter, isInvisible),
            (.replacementCharacter, { $0 == "\u{FFFD}" }),
        ]
        return tests.compactMap { kind, test in
            guard let scalar = scalars.first(where: test) else { return nil }
            return (kind, "\(quoted(String(scalars))) holds \(name(of: scalar))")
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }

    /// Whether a character shows nothing and, unlike a joiner, changes nothing that is shown.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        ["\u{FEFF}", "\u{200B}", "\u{2060}", "\u{00AD}", "\u{200E}", "\u{200F}"].contains(scalar)
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

/// A text in quotation marks, cut where it is long, with everything that does not show escaped.
func quoted(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(60).map { scalar in
        scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
    }
    return "“" + shown.joined() + (text.unicodeScalars.count > 60 ? "…”" : "”")
}
