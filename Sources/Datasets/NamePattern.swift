internal import Foundation

/// Where in the name of a file its text stands: `LABEL` for the text, `*` for anything, the rest as it is.
///
/// The pattern is held against the name without folders and ending. `LABEL` is the whole name; `*_LABEL_*` is what
/// stands between the first and the last underscore, as in MJSynth's `115_Lube_45484.jpg`.
public struct NamePattern: Sendable, Equatable, CustomStringConvertible {
    /// The pattern as it was given.
    public let description: String
    private let expression: NSRegularExpression

    /// Reads a pattern; nil unless `LABEL` stands in it exactly once.
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

    /// The text in the name of the file at `path`; nil where the name is not as the pattern says.
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
