public import ArgumentParser
import CommandSupport
public import Datasets
import Files
import Foundation

/// The options of `crnn dataset create` for the texts of images.
struct TextOptions: ParsableArguments {
    /// A format of lists.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case tsv, csv, jsonl, icdar, space
    }

    @Option(help: ArgumentHelp("The list of samples.", valueName: "file"))
    var labels: String?

    @Flag(help: "Read the text of name.png from name.gt.txt.")
    var pairs = false

    @Flag(help: "Extract the texts from the file names of the images.")
    var names = false

    @Option(
        help: ArgumentHelp(
            "The position of the text in a file name without its extension: LABEL for the text, * for anything. For "
                + "--names, and for lists that contain only paths.", valueName: "pattern"))
    var namePattern: String?

    @Option(help: "The format of the list; by default determined by its extension.")
    var labelFormat: Format?

    @Option(help: ArgumentHelp("The separator between the fields of a line.", valueName: "text"))
    var separator: String?

    @Option(help: "How quotation marks in fields are written: none, doubled (\"\") or escaped (\\\").")
    var quotes: LabelFormat.Quotes?

    @Flag(help: "The first line of the list contains the names of the fields.")
    var header = false

    @Flag(help: "The text is the last field and takes the rest of its line, even if it contains separators.")
    var textToEnd = false

    @Option(
        help: ArgumentHelp(
            "The field with the path: its number, starting at 1, or its name.", valueName: "field"))
    var pathColumn: String?

    @Option(help: ArgumentHelp("The field with the text.", valueName: "field"))
    var textColumn: String?

    @Option(
        help: ArgumentHelp(
            "The field with the lexicon: candidate words, one of which is the text.", valueName: "field"))
    var lexiconColumn: String?

    func validate() throws {
        if pairs, names { throw ValidationError("give --pairs or --names, not both") }
        if labels != nil, pairs || names {
            throw ValidationError("give only one of --labels, --pairs and --names")
        }
        if let namePattern, NamePattern(namePattern) == nil {
            throw ValidationError("--name-pattern is \(namePattern); it must contain LABEL exactly once")
        }
        if pairs, namePattern != nil { throw ValidationError("--name-pattern cannot be used with --pairs") }
        if separator?.isEmpty == true { throw ValidationError("--separator must not be empty") }
        for column in [pathColumn, textColumn, lexiconColumn] {
            if let number = column.flatMap(Int.init), number < 1 {
                throw ValidationError("fields are numbered from 1; \(number) is invalid")
            }
        }
    }

    /// The samples whose images are in the folder `images`.
    func source(images: String) throws -> SampleSource {
        guard ImageFile(path: images, isNamed: true).isFolder else {
            throw CommandError("--images \(images): there is no such folder")
        }
        if pairs || names {
            let pattern = names ? NamePattern(namePattern ?? "LABEL") : nil
            return SampleSource(folder: images, pattern)
        }
        let list = try labels ?? listed(in: images)
        do {
            return try SampleSource(list: list, try fileBytes(list), format(of: list), images: images)
        } catch let error as LabelFileError {
            throw CommandError("\(error)")
        }
    }

    /// The list in the image folder.
    private func listed(in images: String) throws -> String {
        let usual = ["labels.tsv", "labels.csv", "labels.jsonl", "metadata.jsonl", "metadata.csv"]
        guard let name = usual.first(where: { FileStatus(at: images + "/" + $0) != nil })
        else {
            throw CommandError(
                "there is no \(usual.joined(separator: ", ")) in \(images); give a list (--labels FILE), --pairs or "
                    + "--names")
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
            case nil: Self.format(ofExtensionOf: list)
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
        format.textTakesRest = textToEnd
        format.name = namePattern.flatMap(NamePattern.init)
        return format
    }

    private static func format(ofExtensionOf list: String) -> LabelFormat {
        switch FileName.fileExtension(of: list) {
        case "csv": .csv
        case "jsonl", "ndjson", "json": .json
        default: .tsv
        }
    }

    /// One more than the maximum number of bytes of a list.
    private static let byteLimit = 1 << 30

    /// The bytes of the list, which may be a pipe.
    private func fileBytes(_ path: String) throws -> [UInt8] {
        let bytes: Data
        do {
            bytes = try FileError.naming(path, cannotBe: "read") {
                let file = try FileHandle.reading(path)
                return try file.read(upToCount: Self.byteLimit) ?? Data()
            }
        } catch {
            throw CommandError("\(error)")
        }
        guard bytes.count < Self.byteLimit else {
            throw CommandError("\(path) has \(Self.byteLimit) bytes or more; split it")
        }
        return Array(bytes)
    }
}

extension LabelFormat.Quotes: ExpressibleByArgument {}
