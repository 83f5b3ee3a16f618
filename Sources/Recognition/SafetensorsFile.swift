import Foundation
public import Tensors

/// A safetensors file: named tensors of 32-bit floats and a table of texts, in one file that Python's
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
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        } catch {
            throw CheckpointError(path: path, reason: "cannot be read (\(error.localizedDescription))")
        }
        do {
            let header = try Header(data)
            metadata = header.metadata
            tensors = [:]
            for (name, entry) in header.entries {
                let range = try entry.range(in: data, after: header.end)
                tensors[name] = Tensor(bytes: data[range], shape: Shape(entry.shape), on: device)
            }
        } catch {
            throw CheckpointError(path: path, reason: "\(error)")
        }
    }

    /// Writes the file so that `path` holds either the old content or the whole new one, whatever happens.
    public func write(to path: String) throws(CheckpointError) {
        let names = tensors.keys.sorted()
        var entries: [String: Entry] = [:]
        var offset = 0
        for name in names {
            guard let shape = tensors[name]?.shape else { continue }
            entries[name] = Entry(
                dtype: "F32", shape: shape.dimensions, offsets: [offset, offset + 4 * shape.count])
            offset += 4 * shape.count
        }
        do {
            let header = try Header(metadata: metadata, entries: entries, end: 0).encoded()
            try AtomicFile.write(to: path) { write in
                try write(header)
                for name in names { try write(Data(tensors[name]?.bytes ?? [])) }
            }
        } catch {
            throw CheckpointError(path: path, reason: "cannot be written (\(error))")
        }
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
}

/// One tensor's place in a file.
private struct Entry: Codable {
    let dtype: String
    let shape: [Int]
    let offsets: [Int]

    enum CodingKeys: String, CodingKey {
        case dtype, shape
        case offsets = "data_offsets"
    }

    /// The bytes' range, checked against the file's size and the shape.
    func range(in data: Data, after start: Int) throws(FormatError) -> Range<Int> {
        guard dtype == "F32" else { throw FormatError("holds \(dtype) tensors; only F32 can be read") }
        var size = 4
        for dimension in shape {
            let (product, overflows) = size.multipliedReportingOverflow(by: dimension)
            guard dimension >= 0, !overflows else {
                throw FormatError("has a tensor of impossible shape \(shape)")
            }
            size = product
        }
        guard offsets.count == 2, offsets[0] >= 0, offsets[1] >= offsets[0], offsets[1] - offsets[0] == size
        else {
            throw FormatError("has a tensor of shape \(shape) at bytes \(offsets)")
        }
        guard offsets[1] <= data.count - start else {
            throw FormatError(
                "is cut short: it ends after \(data.count) of at least \(start + offsets[1]) bytes")
        }
        return start + offsets[0]..<start + offsets[1]
    }
}

private struct FormatError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

private struct Header {
    var metadata: [String: String]
    var entries: [String: Entry]
    /// The offset in the file where the tensors' bytes begin.
    var end: Int

    init(metadata: [String: String], entries: [String: Entry], end: Int) {
        self.metadata = metadata
        self.entries = entries
        self.end = end
    }

    init(_ data: Data) throws(FormatError) {
        let foreign = FormatError("is not a safetensors file")
        guard data.count >= 8 else { throw foreign }
        let size = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard size <= 100_000_000 else { throw foreign }
        end = 8 + Int(size)
        guard end <= data.count else {
            throw data.dropFirst(8).first == UInt8(ascii: "{")
                ? FormatError("is cut short: it ends after \(data.count) bytes, inside its header") : foreign
        }
        guard let items = try? JSONDecoder().decode([String: Item].self, from: data[8..<end]) else {
            throw foreign
        }
        metadata = [:]
        entries = [:]
        for (name, item) in items {
            switch item {
            case .metadata(let texts): metadata = texts
            case .tensor(let entry): entries[name] = entry
            }
        }
    }

    /// The size and the JSON, padded with spaces so that the tensors start at a multiple of eight.
    func encoded() throws -> Data {
        var items = entries.mapValues(Item.tensor)
        items["__metadata__"] = .metadata(metadata)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var json = try encoder.encode(items)
        json.append(Data(repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
        let size = UInt64(json.count)
        return Data((0..<8).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }) + json
    }
}

private enum Item: Codable {
    case metadata([String: String])
    case tensor(Entry)

    init(from decoder: any Decoder) throws {
        if let entry = try? Entry(from: decoder) {
            self = .tensor(entry)
        } else {
            self = .metadata(try [String: String](from: decoder))
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .metadata(let texts): try texts.encode(to: encoder)
        case .tensor(let entry): try entry.encode(to: encoder)
        }
    }
}
