public import ArgumentParser
public import Datasets
import Files
import Foundation
import Recognition

/// Where `crnn dataset create` finds the texts of images.
struct TextOptions: ParsableArguments {
    /// A way to write lists, with a name.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case tsv, csv, jsonl, icdar, space
    }

    @Option(help: ArgumentHelp("The list of samples.", valueName: "file"))
    var labels: String?

    @Flag(help: "Take the text of name.png from name.gt.txt.")
    var pairs = false

    @Flag(help: "Take the texts from the images' names.")
    var names = false

    @Option(
        help: ArgumentHelp(
            "Where in a name, without its ending, the text stands: LABEL for the text, * for anything. It serves "
                + "--names, and lists of paths alone.", valueName: "pattern"))
    var namePattern: String?

    @Option(help: "How the list is written; its ending decides unless given.")
    var labelFormat: Format?

    @Option(help: ArgumentHelp("What stands between the fields of a line.", valueName: "text"))
    var separator: String?

    @Option(help: "How fields are quoted: none, doubled (\"\" for a quotation mark) or escaped (\\\").")
    var quotes: LabelFormat.Quotes?

    @Flag(help: "The first line of the list names the fields.")
    var header = false

    @Option(help: ArgumentHelp("The field of the path: its number from 1, or its name.", valueName: "field"))
    var pathColumn: String?

    @Option(help: ArgumentHelp("The field of the text.", valueName: "field"))
    var textColumn: String?

    @Option(
        help: ArgumentHelp("The field of the words among which the text is known to be.", valueName: "field"))
    var lexiconColumn: String?

    func validate() throws {
        if pairs, names { throw ValidationError("give --pairs or --names, not both") }
        if labels != nil, pairs || names {
            throw ValidationError("give --labels, --pairs or --names: one of them")
        }
        if let namePattern, NamePattern(namePattern) == nil {
            throw ValidationError("--name-pattern is \(namePattern); LABEL must stand in it once")
        }
        if pairs, namePattern != nil { throw ValidationError("--name-pattern does not concern --pairs") }
        if separator?.isEmpty == true { throw ValidationError("--separator must not be empty") }
        for column in [pathColumn, textColumn, lexiconColumn] {
            if let number = column.flatMap(Int.init), number < 1 {
                throw ValidationError("fields are counted from 1, not from \(number)")
            }
        }
    }

    /// The samples below `images`.
    func source(images: String) throws -> SampleSource {
        guard ImageFile(path: images, isNamed: true).isFolder else {
            throw ValidationError("--images \(images): there is no such folder")
        }
        if pairs || names {
            let pattern = names ? NamePattern(namePattern ?? "LABEL") : nil
            return SampleSource(folder: images, pattern)
        }
        let list = try labels ?? listed(in: images)
        do {
            return try SampleSource(list: list, try fileBytes(list), format(of: list), images: images)
        } catch let error as LabelFileError {
            throw ValidationError("\(error)")
        }
    }

    /// The list that lies in the images' folder.
    private func listed(in images: String) throws -> String {
        let usual = ["labels.tsv", "labels.csv", "labels.jsonl", "metadata.jsonl", "metadata.csv"]
        guard let name = usual.first(where: { FileManager.default.fileExists(atPath: images + "/" + $0) })
        else {
            throw ValidationError(
                "there is no \(usual.joined(separator: " nor ")) in \(images): name a list (--labels FILE), or say "
                    + "--pairs or --names")
        }
        return images + "/" + name
    }

    private func format(of list: String) -> LabelFormat {
        var format =
            switch labelFormat {
            case .tsv: LabelFormat.tsv
            case .csv: LabelFormat.csv
            case .jsonl: LabelFormat.json
            case .icdar: LabelFormat.icdar
            case .space: LabelFormat.space
            case nil: Self.format(ofEnding: list)
            }
        if case .fields(let usual, let usualQuotes) = format.kind {
            format.kind = .fields(separator: separator ?? usual, quotes ?? usualQuotes)
        } else if format.kind == .spaced, let separator {
            format.kind = .fields(separator: separator, quotes ?? .none)
        }
        format.hasHeading = header || list.hasSuffix("metadata.csv")
        format.path = pathColumn.map(LabelFormat.Column.init)
        format.label = textColumn.map(LabelFormat.Column.init)
        format.lexicon = lexiconColumn.map(LabelFormat.Column.init)
        format.name = namePattern.flatMap(NamePattern.init)
        return format
    }

    private static func format(ofEnding list: String) -> LabelFormat {
        switch URL(filePath: list).pathExtension.lowercased() {
        case "csv": .csv
        case "jsonl", "ndjson", "json": .json
        default: .tsv
        }
    }

    /// The most bytes that a list may have.
    private static let byteLimit = 1 << 30

    /// The bytes of the list, which may come from a pipe.
    private func fileBytes(_ path: String) throws -> [UInt8] {
        let bytes: Data
        do {
            bytes = try FileError.naming(path, cannotBe: "read") {
                let file = try FileHandle(forReadingFrom: URL(filePath: path))
                return try file.read(upToCount: Self.byteLimit) ?? Data()
            }
        } catch {
            throw ValidationError("\(error)")
        }
        guard bytes.count < Self.byteLimit else {
            throw ValidationError("\(path) has \(Self.byteLimit) bytes or more; give it in parts")
        }
        return Array(bytes)
    }
}

extension LabelFormat.Quotes: ExpressibleByArgument {}
