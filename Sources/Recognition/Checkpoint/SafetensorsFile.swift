import Files
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
    /// How tensors are stored that have a format of their own, such as whole numbers of 8 bits.
    public var formats: [String: ScalarFormat] = [:]

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
            if format == .int8 { formats[name] = format }
            tensors[name] = try Tensor(format, shape: Shape(entry.shape), on: device) { bytes, offset in
                try source.read(&bytes, from: end + range.lowerBound + offset)
            }
        }
    }

    /// Writes the file so that `path` holds either the old content or the whole new one, whatever happens.
    ///
    /// - Parameter format: How scalars are stored that have no format of their own; as 16-bit floats, those beyond
    ///   65504 are refused.
    public func write(to path: String, as format: ScalarFormat = .float32) throws(CheckpointError) {
        let names = tensors.keys.sorted()
        func isStored(_ name: String, as other: ScalarFormat) -> Bool { (formats[name] ?? format) == other }
        if let name = names.first(where: {
            isStored($0, as: .float16) && tensors[$0]?.fitsHalfPrecision == false
        }) {
            throw CheckpointError(
                path: path, reason: "\(name) holds numbers that 16-bit floats cannot; store 32-bit floats")
        }
        do {
            let header = try SafetensorsHeader(metadata: metadata, entries: entries(names, format)).encoded()
            try AtomicFile.write(to: path) { write in
                try write(header)
                for name in names { try write(Data(tensors[name]?.bytes(formats[name] ?? format) ?? [])) }
            }
        } catch {
            throw CheckpointError(path: path, because: error)
        }
    }

    /// The places of tensors that lie one after the other.
    private func entries(_ names: [String], _ format: ScalarFormat) -> [String: SafetensorsHeader.Entry] {
        var entries: [String: SafetensorsHeader.Entry] = [:]
        var offset = 0
        for name in names {
            guard let shape = tensors[name]?.shape else { continue }
            let format = formats[name] ?? format
            let end = offset + format.size * shape.count
            entries[name] = SafetensorsHeader.Entry(
                dtype: format.rawValue, shape: shape.dimensions, offsets: [offset, end])
            offset = end
        }
        return entries
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
