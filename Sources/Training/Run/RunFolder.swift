import Files
import Foundation

/// The folder of a training run: checkpoints, metrics and configuration.
public struct RunFolder: Sendable {
    /// The path of the folder.
    public let path: String

    /// Refers to the folder at `path`, which need not exist yet.
    public init(_ path: String) { self.path = path }

    /// The weights of the best validation.
    public var best: String { file("best.safetensors") }
    /// The latest weights, with the state that a resumption needs.
    public var last: String { file("last.safetensors") }
    /// Steps and validations, one JSON object per line.
    public var metrics: String { file("metrics.jsonl") }
    /// The configuration, for people.
    public var configuration: String { file("configuration.json") }

    private func file(_ name: String) -> String {
        URL(filePath: path).appending(path: name).path(percentEncoded: false)
    }

    /// Creates the folder for a new run, and locks it; throws if it contains a run already and is not to be replaced.
    func create(_ configuration: TrainingConfiguration, replacing: Bool) throws -> FileLock {
        guard replacing || !FileManager.default.fileExists(atPath: last) else {
            throw TrainingError.runExists(path: path)
        }
        try FileError.naming(path, cannotBe: "created") {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        let lock = try lock()
        for stale in [best, last, metrics] where FileManager.default.fileExists(atPath: stale) {
            try FileError.naming(stale, cannotBe: "removed") {
                try FileManager.default.removeItem(atPath: stale)
            }
        }
        try write(configuration)
        return lock
    }

    /// Writes the configuration for people.
    func write(_ configuration: TrainingConfiguration) throws {
        try AtomicFile.write(
            try JSONText.encoder(isIndented: true).encode(configuration), to: self.configuration)
    }

    /// Locks the folder against other processes for as long as the lock lives.
    func lock() throws(TrainingError) -> FileLock {
        do throws(FileLockError) {
            return try FileLock(file(".lock"))
        } catch {
            switch error {
            case .held(_, let holder):
                throw .unusableRun(
                    path: path,
                    reason:
                        "is being trained by \(holder ?? "another process"); wait until it ends, or stop it")
            case .file(let error): throw .unusableRun(path: path, reason: "cannot be locked: \(error)")
            }
        }
    }

    /// Throws if there is nothing to resume.
    func requireCheckpoint() throws(TrainingError) {
        guard FileManager.default.fileExists(atPath: last) else {
            throw .unusableRun(
                path: path, reason: "contains no last.safetensors, so there is nothing to resume")
        }
    }
}
