import Foundation
public import Tensors

/// A safetensors file: named tensors of floats and a table of texts, in one file that Python's
/// `safetensors` opens, too.
///
/// Layout: the header's size as a little-endian 64-bit number, the header as JSON, the tensors' bytes.
public struct SafetensorsFile: Sendable {
    /// Texts about the tensors, kept under `__metadata__`.
    public var metadata: [String: String]
    /// The tensors by name.
    public var tensors: [String: Tensor]

    /// A file's content, not yet written.
    public init(metadata: [String: String] = [:], tensors: [String: Tensor] = [:]) {
        self.metadata = metadata
        self.tensors = tensors
    }

    /// Reads a file; its tensors live on `device`.
    public init(reading path: String, on device: any Device) throws(CheckpointError) {
        do {
            let source = try FileError.naming(path, cannotBe: "read") { try ByteSource(path) }
            try self.init(source, on: device)
        } catch {
            throw CheckpointError(path: path, because: error)
        }
    }

    /// The content of a file's bytes; its tensors live on `device`.
    init(_ source: ByteSource, on device: any Device) throws {
        let (header, end) = try SafetensorsHeader.reading(source)
        metadata = header.metadata
        tensors = [:]
        for (name, range) in try header.ranges(filling: source.count - end) {
            guard let entry = header.entries[name], let format = entry.format else { continue }
            tensors[name] = try Tensor(format, shape: Shape(entry.shape), on: device) { bytes, offset in
                try source.read(&bytes, from: end + range.lowerBound + offset)
            }
        }
    }

    /// Writes the file so that `path` holds either the old content or the whole new one, whatever happens.
    ///
    /// - Parameter format: How scalars are stored; as 16-bit floats, those beyond 65504 are refused.
    public func write(to path: String, as format: ScalarFormat = .float32) throws(CheckpointError) {
        let names = tensors.keys.sorted()
        if format == .float16, let name = names.first(where: { tensors[$0]?.fitsHalfPrecision == false }) {
            throw CheckpointError(
                path: path, reason: "\(name) holds numbers that 16-bit floats cannot; store 32-bit floats")
        }
        var entries: [String: SafetensorsHeader.Entry] = [:]
        var offset = 0
        for name in names {
            guard let shape = tensors[name]?.shape else { continue }
            entries[name] = SafetensorsHeader.Entry(
                dtype: format.rawValue, shape: shape.dimensions,
                offsets: [offset, offset + format.size * shape.count])
            offset += format.size * shape.count
        }
        do {
            let header = try SafetensorsHeader(metadata: metadata, entries: entries).encoded()
            try AtomicFile.write(to: path) { write in
                try write(header)
                for name in names { try write(Data(tensors[name]?.bytes(format) ?? [])) }
            }
        } catch {
            throw CheckpointError(path: path, because: error)
        }
    }
}

extension Tensor {
    fileprivate var fitsHalfPrecision: Bool {
        scalars.allSatisfy { !$0.isFinite || abs($0) <= Float(Float16.greatestFiniteMagnitude) }
    }
}

/// Why a checkpoint cannot be read or written.
public struct CheckpointError: Error, CustomStringConvertible {
    /// The file.
    public let path: String
    /// What is wrong with it.
    public let reason: String

    /// The reason, for people.
    public var description: String { "\(path): \(reason)" }

    /// A failure of `path`.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// What a file operation or the format says against `path`.
    init(path: String, because error: any Error) {
        self.init(path: path, reason: (error as? FileError)?.reason ?? "\(error)")
    }
}
