internal import Foundation

/// One line of a list in the JSON Lines format.
struct JSONLine {
    private let object: [String: Value]
    private let format: LabelFormat

    /// A value that can be a path, a text or a lexicon.
    private enum Value: Decodable {
        case text(String)
        case list([String])
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let list = try? container.decode([String].self) {
                self = .list(list)
            } else {
                self = .other
            }
        }

        var text: String? {
            switch self {
            case .text(let text): text
            case .list(let words): words.joined(separator: " ")
            case .other: nil
            }
        }
    }

    init(_ line: String, _ format: LabelFormat) throws(LineDefect) {
        guard let object = try? JSONDecoder().decode([String: Value].self, from: Data(line.utf8)) else {
            throw LineDefect(reason: "not a JSON object: \(excerpt(line))")
        }
        (self.object, self.format) = (object, format)
    }

    func entry(at place: String) throws(LineDefect) -> ListedSample.Entry {
        guard let path = value(format.path, among: LabelFormat.pathNames), !path.isEmpty else {
            throw LineDefect(reason: "no path of an image among the fields \(excerpt(names))")
        }
        let label = try format.label(of: path) { value(format.label, among: LabelFormat.labelNames) }
        return ListedSample.Entry(
            place: place, path: path, label: label, lexicon: value(format.lexicon, among: ["lexicon"]))
    }

    private var names: String { object.keys.sorted().joined(separator: ", ") }

    private func value(_ column: LabelFormat.Column?, among usual: [String]) -> String? {
        switch column {
        case .name(let name): object[name]?.text
        case .number(let number): object[String(number)]?.text
        case nil: usual.lazy.compactMap { object[$0]?.text }.first
        }
    }
}
