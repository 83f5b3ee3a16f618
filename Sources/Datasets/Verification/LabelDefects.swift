internal import Files
internal import Foundation

/// The defects of a label that show without its image, and their repair.
public struct LabelDefects: Sendable {
    /// The defects, each kind at most once, with details for people.
    public private(set) var findings: [(kind: DatasetProblem.Kind, detail: String)] = []

    /// Examines a label.
    public init(of label: String) {
        let scalars = label.unicodeScalars
        guard scalars.contains(where: { !$0.properties.isWhitespace }) else {
            findings = [(.emptyLabel, label.isEmpty ? "no text" : "only white space")]
            return
        }
        findings = Self.whiteSpaceDefects(label) + Self.characterDefects(scalars)
        if !scalars.elementsEqual(label.precomposedStringWithCanonicalMapping.unicodeScalars) {
            findings.append((.notComposed, "\(quoted(label)) is not in Unicode's composed form (NFC)"))
        }
    }

    /// The label in composed form (NFC), without control and invisible characters, with single spaces inside and none at
    /// the ends.
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
            found.append((.doubleSpace, "\(quoted(label)) has two consecutive white-space characters"))
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
            return (kind, "\(quoted(String(scalars))) contains \(scalar.codePoint)")
        }
    }

    /// Why a label cannot be learnt or compared as it is: a control character in it; nil if there is none.
    public static func controlDefect(of label: String) -> String? {
        label.unicodeScalars.first(where: isControl).map {
            "the text \(quoted(label)) contains a control character, \($0.codePoint); remove it"
        }
    }

    /// Throws if a label cannot be learnt; see ``controlDefect(of:)``.
    public static func requireUsable(_ label: String) throws(UnusableLabel) {
        if let reason = controlDefect(of: label) { throw UnusableLabel(description: reason) }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }

    /// Whether a character is invisible and, unlike a joiner, does not change how others look.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        ["\u{FEFF}", "\u{200B}", "\u{2060}", "\u{00AD}", "\u{200E}", "\u{200F}"].contains(scalar)
    }
}

/// Why a label cannot be learnt.
public struct UnusableLabel: Error, CustomStringConvertible {
    /// The reason and the remedy.
    public let description: String
}
