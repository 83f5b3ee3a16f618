import Files
import Foundation

/// Appends lines to `metrics.jsonl`.
final class MetricsLog {
    private let path: String
    private let file: FileHandle
    private let encoder = JSONText.encoder()
    /// The duration of the training up to the last line that was kept, in seconds.
    let seconds: Double

    /// Opens the log. Lines of steps after `step` belong to lost work and are removed, as are damaged lines.
    init(_ path: String, through step: Int) throws {
        let kept = try Self.lines(path).compactMap { line in
            (try? JSONDecoder().decode(Position.self, from: line)).map { (line, $0) }
        }.filter { $0.1.step <= step }
        seconds = kept.last?.1.seconds ?? 0
        try AtomicFile.write(Data(kept.map { $0.0 + Data("\n".utf8) }.joined()), to: path)
        self.path = path
        file = try FileError.naming(path, cannotBe: "written") {
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            try file.seekToEnd()
            return file
        }
    }

    deinit { try? file.close() }

    /// Appends one line.
    func append(_ kind: String, _ report: some Encodable) throws {
        let line = try encoder.encode(Line(kind: kind, report: report)) + Data("\n".utf8)
        try FileError.naming(path, cannotBe: "written") { try file.write(contentsOf: line) }
    }

    /// The bytes of each line; none if there is no file.
    private static func lines(_ path: String) throws -> [Data] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let content = try FileError.naming(path, cannotBe: "read") {
            try Data(contentsOf: URL(filePath: path))
        }
        return content.split(separator: UInt8(ascii: "\n"))
    }

    private struct Position: Decodable {
        let step: Int
        let seconds: Double?
    }

    private struct Line<Report: Encodable>: Encodable {
        let kind: String
        let report: Report

        enum CodingKeys: String, CodingKey { case kind }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(kind, forKey: .kind)
            try report.encode(to: encoder)
        }
    }
}
