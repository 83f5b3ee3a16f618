import ArgumentParser
import Datasets
import Files
import Foundation
import Imaging
import Recognition

/// `crnn dataset export`: a data set as files.
struct DatasetExport: ParsableCommand {
    /// How texts are written.
    enum Texts: String, ExpressibleByArgument, CaseIterable {
        case tsv, jsonl, pairs
    }

    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a data set as image files with their texts.",
        discussion: """
            Images keep their bytes and get their sample's number as name: OUTPUT/images/000000042.png. Texts are \
            written as

                tsv    OUTPUT/labels.tsv: path TAB text
                jsonl  OUTPUT/labels.jsonl: {"file_name": path, "text": text}, with lexicon where there is one
                pairs  000000042.gt.txt beside 000000042.png

            `crnn dataset create --images OUTPUT` makes the same set again; with pairs, add --pairs. A text with a \
            tab or a line break cannot stand in tsv nor in pairs: such a sample is named, the others are written, \
            and the exit code is then 1. OUTPUT must not exist.

            Example:

                crnn dataset export data/words --output words
            """)

    @Argument(help: "The data set.")
    var path: String

    @Option(help: ArgumentHelp("The folder to make.", valueName: "folder"))
    var output: String

    @Option(help: "How texts are written: tsv, jsonl or pairs.")
    var texts: Texts = .tsv

    func run() throws {
        let dataset = try LMDBDataset(path)
        let folder = try ExportFolder(output, texts)
        var progress = ProgressLine(total: dataset.count, label: "exporting")
        var failures = 0
        for index in 0..<dataset.count {
            do {
                try folder.write(dataset[index], number: index + 1, lexicon: try dataset.lexicon(index))
            } catch let error as Unwritable {
                failures += 1
                progress.printLine("\(dataset.name(index)): \(error.reason)")
            } catch let error as DatasetError {
                failures += 1
                progress.printLine("\(error)")
            }
            progress.update(completed: index + 1)
        }
        progress.finish()
        try folder.finish()
        try StandardOutput.printLine(
            "\(output): \(dataset.count - failures) samples"
                + (failures > 0 ? ", \(failures) could not be written" : ""))
        if failures > 0 { throw ExitCode.failure }
    }
}

/// Why a sample cannot be written as asked.
private struct Unwritable: Error {
    let reason: String
}

/// The folder that an export makes; it has its name when it is whole.
private struct ExportFolder {
    private let output: String
    private let unfinished: String
    private let texts: DatasetExport.Texts
    private let list: FileHandle?
    private let encoder = JSONText.encoder()

    init(_ output: String, _ texts: DatasetExport.Texts) throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: output) else {
            throw ValidationError("\(output) exists already; choose another folder")
        }
        (self.output, self.texts) = (output, texts)
        unfinished = URL(filePath: output).path(percentEncoded: false).trimmingSuffix("/") + ".unfinished"
        let folder = unfinished
        try FileError.naming(folder, cannotBe: "made") {
            if files.fileExists(atPath: folder) { try files.removeItem(atPath: folder) }
            try files.createDirectory(atPath: folder + "/images", withIntermediateDirectories: true)
        }
        list = try texts == .pairs ? nil : Self.opened("\(unfinished)/labels.\(texts.rawValue)")
    }

    private static func opened(_ path: String) throws -> FileHandle {
        try FileError.naming(path, cannotBe: "written") {
            try Data().write(to: URL(filePath: path))
            return try FileHandle(forWritingTo: URL(filePath: path))
        }
    }

    func write(_ sample: LabelledImage, number: Int, lexicon: String?) throws {
        let digits = String(number)
        let stem = "images/" + String(repeating: "0", count: max(0, 9 - digits.count)) + digits
        let ending = ImageFormat(magicBytes: sample.bytes).map { $0 == .png ? "png" : "jpg" } ?? "bin"
        let breaks = sample.label.unicodeScalars.contains { $0 == "\t" || $0 == "\n" || $0 == "\r" }
        if texts != .jsonl, breaks {
            throw Unwritable(reason: "its text holds a tab or a line break; write it with --texts jsonl")
        }
        if texts != .jsonl, sample.label.isEmpty {
            throw Unwritable(reason: "its text is empty; write it with --texts jsonl")
        }
        try put(Data(sample.bytes), at: "\(stem).\(ending)")
        switch texts {
        case .tsv: try append(Data("\(stem).\(ending)\t\(sample.label)\n".utf8))
        case .jsonl:
            let line = Line(fileName: "\(stem).\(ending)", text: sample.label, lexicon: lexicon)
            try append(try encoder.encode(line) + Data("\n".utf8))
        case .pairs: try put(Data((sample.label + "\n").utf8), at: stem + ".gt.txt")
        }
    }

    func finish() throws {
        try list?.close()
        try FileError.naming(output, cannotBe: "made") { [unfinished, output] in
            try FileManager.default.moveItem(atPath: unfinished, toPath: output)
        }
    }

    private func put(_ bytes: Data, at name: String) throws {
        let path = unfinished + "/" + name
        try FileError.naming(path, cannotBe: "written") { try bytes.write(to: URL(filePath: path)) }
    }

    private func append(_ line: Data) throws {
        try FileError.naming(unfinished, cannotBe: "written") { try list?.write(contentsOf: line) }
    }

    private struct Line: Encodable {
        let fileName: String
        let text: String
        let lexicon: String?

        enum CodingKeys: String, CodingKey {
            case fileName = "file_name"
            case text, lexicon
        }
    }
}

extension String {
    /// The text without `suffix` at its end, however often it stands there.
    fileprivate func trimmingSuffix(_ suffix: Character) -> String {
        var text = self
        while text.count > 1, text.last == suffix { text.removeLast() }
        return text
    }
}
