import Files
import Foundation
public import Tensors

/// The content of a safetensors file: named tensors and a table of texts. Python's `safetensors` opens the file, too.
///
/// Layout: the size of the header as a little-endian 64-bit number, the header as JSON, the bytes of the tensors.
public struct SafetensorsFile: Sendable {
    /// Texts about the tensors, stored under `__metadata__`.
    public var metadata: [String: String]
    /// The tensors by name.
    public var tensors: [String: Tensor]
    /// The formats of tensors that are not stored in the default format, such as int8.
    public var formats: [String: ScalarFormat] = [:]

    /// Creates a content to write.
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

    /// Reads the bytes of a file; its tensors live on `device`.
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

    /// Writes the file atomically: `path` always holds either the old content or the whole new one.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - format: The format of the tensors that are not in ``formats``. Numbers beyond 65504 cannot be stored as 16-bit
    ///     floats, and throw.
    public func write(to path: String, as format: ScalarFormat = .float32) throws(CheckpointError) {
        let names = tensors.keys.sorted()
        func isStored(_ name: String, as other: ScalarFormat) -> Bool { (formats[name] ?? format) == other }
        if let name = names.first(where: {
            isStored($0, as: .float16) && tensors[$0]?.fitsHalfPrecision == false
        }) {
            throw CheckpointError(
                path: path, reason: "\(name) contains numbers that 16-bit floats cannot; store 32-bit floats")
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

    /// The header entries of tensors stored one after the other.
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
