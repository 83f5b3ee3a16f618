import Files
import Foundation
import Recognition

/// The folder that a training leaves: checkpoints, metrics and configuration.
public struct RunFolder: Sendable {
    /// Where it is.
    public let path: String

    /// The folder at `path`, which need not exist yet.
    public init(_ path: String) { self.path = path }

    /// The weights of the best validation.
    public var best: String { file("best.safetensors") }
    /// The latest weights, with what resuming needs.
    public var last: String { file("last.safetensors") }
    /// One JSON object a line: steps and validations.
    public var metrics: String { file("metrics.jsonl") }
    /// What was asked for, for people.
    public var configuration: String { file("configuration.json") }

    private func file(_ name: String) -> String {
        URL(filePath: path).appending(path: name).path(percentEncoded: false)
    }

    /// Makes the folder for a new run; throws where it holds one already.
    func create(_ configuration: TrainingConfiguration, replacing: Bool) throws {
        guard replacing || !FileManager.default.fileExists(atPath: last) else {
            throw TrainingError.unusableRun(
                path: path,
                reason:
                    "exists already: go on with --resume \(path), choose another --output, or give --force")
        }
        try FileError.naming(path, cannotBe: "made") {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        for stale in [best, last, metrics] where FileManager.default.fileExists(atPath: stale) {
            try FileError.naming(stale, cannotBe: "removed") {
                try FileManager.default.removeItem(atPath: stale)
            }
        }
        try AtomicFile.write(
            try JSONText.encoder(isIndented: true).encode(configuration), to: self.configuration)
    }
}

/// Appends to `metrics.jsonl`.
final class MetricsLog {
    private let path: String
    private let file: FileHandle
    private let encoder = JSONText.encoder()

    /// Opens the log; lines of steps after `step` belong to work that was lost, and are dropped, as are lines
    /// that are damaged.
    init(_ path: String, through step: Int) throws {
        let kept = try Self.lines(path).filter { line in
            (try? JSONDecoder().decode(Position.self, from: line)).map { $0.step <= step } ?? false
        }
        try AtomicFile.write(Data(kept.map { $0 + Data("\n".utf8) }.joined()), to: path)
        self.path = path
        file = try FileError.naming(path, cannotBe: "written") {
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            try file.seekToEnd()
            return file
        }
    }

    deinit { try? file.close() }

    /// Adds one line.
    func append(_ kind: String, _ report: some Encodable) throws {
        let line = try encoder.encode(Line(kind: kind, report: report)) + Data("\n".utf8)
        try FileError.naming(path, cannotBe: "written") { try file.write(contentsOf: line) }
    }

    /// The bytes of each line that is there.
    private static func lines(_ path: String) throws -> [Data] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let content = try FileError.naming(path, cannotBe: "read") {
            try Data(contentsOf: URL(filePath: path))
        }
        return content.split(separator: UInt8(ascii: "\n"))
    }

    private struct Position: Decodable { let step: Int }

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
