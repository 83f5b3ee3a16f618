internal import Foundation

/// The position of a text in a file's name: `LABEL` stands for the text, `*` for any characters, and all other
/// characters for themselves.
///
/// The pattern is matched with the name without folders and suffix. `LABEL` is the whole name; `*_LABEL_*` is the part
/// between the first and the last underscore, as in MJSynth's `115_Lube_45484.jpg`.
public struct NamePattern: Sendable, Equatable, CustomStringConvertible {
    /// The pattern as given.
    public let description: String
    private let expression: NSRegularExpression

    /// Parses a pattern; nil unless it contains `LABEL` exactly once.
    public init?(_ description: String) {
        let parts = description.components(separatedBy: "LABEL")
        guard parts.count == 2 else { return nil }
        let sides = parts.map { part in
            part.components(separatedBy: "*").map(NSRegularExpression.escapedPattern).joined(separator: ".*?")
        }
        guard let expression = try? NSRegularExpression(pattern: "^\(sides[0])(.+)\(sides[1])$") else {
            return nil
        }
        (self.description, self.expression) = (description, expression)
    }

    /// The text in the name of the file at `path`; nil if the name does not match the pattern.
    public func label(in path: String) -> String? {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let name = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
        guard
            let match = expression.firstMatch(in: name, range: NSRange(name.startIndex..., in: name)),
            let range = Range(match.range(at: 1), in: name)
        else { return nil }
        return String(name[range])
    }
}
