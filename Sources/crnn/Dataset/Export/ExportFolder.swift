import Datasets
import Files
import Foundation
import Imaging

/// The output folder of an export. It gets its name when it is complete.
struct ExportFolder: ~Copyable {
    private let staging: StagingDirectory
    private let texts: DatasetExport.Texts
    private let list: FileHandle?
    private let encoder = JSONText.encoder()

    init(_ output: String, _ texts: DatasetExport.Texts) throws {
        let lists = DatasetExport.Texts.allCases.map { "labels.\($0.rawValue)" }
        let staging = try StagingDirectory(for: output, of: Set(lists + ["images"]), .restart)
        let folder = staging.path
        try FileError.naming(folder, cannotBe: "created") {
            try FileManager.default.createDirectory(
                atPath: folder + "/images", withIntermediateDirectories: true)
        }
        list = try texts == .pairs ? nil : Self.opened("\(folder)/labels.\(texts.rawValue)")
        self.texts = texts
        self.staging = staging
    }

    private static func opened(_ path: String) throws -> FileHandle {
        try StagedFile.write(Data(), to: path)
        return try FileError.naming(path, cannotBe: "written") {
            try FileHandle(forWritingTo: URL(filePath: path))
        }
    }

    /// Writes one sample; all files reach the disk in ``finish()``. Throws ``Unwritable`` if its text does not fit the format.
    func write(_ sample: LabelledImage, number: Int, lexicon: String?) throws {
        let stem = "images/" + number.zeroPadded(to: 9)
        let ending = ImageFormat(magicBytes: sample.bytes)?.fileExtension ?? "bin"
        let breaks = sample.label.unicodeScalars.contains { $0 == "\t" || $0 == "\n" || $0 == "\r" }
        if texts != .jsonl, breaks {
            throw Unwritable(reason: "the text contains a tab or a line break; use --texts jsonl")
        }
        if texts != .jsonl, sample.label.isEmpty {
            throw Unwritable(reason: "the text is empty; use --texts jsonl")
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

    /// Gives the folder its name.
    func finish() throws {
        try list?.close()
        try staging.finish(syncsFiles: true)
    }

    private func put(_ bytes: Data, at name: String) throws {
        try StagedFile.write(bytes, to: staging.path + "/" + name)
    }

    private func append(_ line: Data) throws {
        try FileError.naming(staging.path, cannotBe: "written") { try list?.write(contentsOf: line) }
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
