import Files
import Foundation
import Tensors

/// The header of a safetensors file: the position of each tensor's bytes, and the table of texts.
struct SafetensorsHeader {
    var metadata: [String: String]
    var entries: [String: Entry]

    /// The format, shape and position of one tensor.
    struct Entry: Codable {
        let dtype: String
        let shape: [Int]
        let offsets: [Int]

        /// The format of its scalars; nil if it is not supported.
        var format: ScalarFormat? { ScalarFormat(rawValue: dtype) }

        enum CodingKeys: String, CodingKey {
            case dtype, shape
            case offsets = "data_offsets"
        }
    }

    private static let metadataKey = "__metadata__"

    /// The greatest size of a header that the format allows, in bytes.
    private static let maximumSize: UInt64 = 100_000_000

    /// Reads the header at the start of a file, and returns it with its end.
    static func reading(_ source: ByteSource) throws -> (header: SafetensorsHeader, end: Int) {
        let foreign = CheckpointError(
            reason: "is not a safetensors file; give one that this program or safetensors wrote")
        guard source.count > 0 else { throw CheckpointError(reason: "is empty; give a safetensors file") }
        let beginning = try source.data(0..<min(9, source.count))
        guard beginning.count == 9, beginning[8] == UInt8(ascii: "{") else { throw foreign }
        let size = beginning.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard size <= maximumSize else { throw foreign }
        let end = 8 + Int(size)
        guard end <= source.count else {
            throw CheckpointError(
                reason: "is truncated inside its header, after \(source.count) bytes; copy or write it again")
        }
        let json = try source.data(8..<end)
        do {
            return (try JSONDecoder().decode(SafetensorsHeader.self, from: json), end)
        } catch {
            throw CheckpointError(
                reason: "has a damaged header (\(JSONText.reason(of: error))); copy or write it again")
        }
    }

    /// The size and the JSON, padded with spaces so that the tensors start at a multiple of 8 bytes.
    func encoded() throws -> Data {
        var json = try JSONText.encoder().encode(self)
        json.append(Data(repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
        let size = UInt64(json.count)
        return Data((0..<8).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }) + json
    }
}

extension SafetensorsHeader {
    /// The range of each tensor's bytes, counted from the end of the header. Throws unless the tensors lie one after the
    /// other and fill all `count` bytes, as the format requires.
    func ranges(filling count: Int) throws(CheckpointError) -> [String: Range<Int>] {
        var ranges: [String: Range<Int>] = [:]
        for (name, entry) in entries { ranges[name] = try entry.range(name) }
        var end = 0
        let inOrder = ranges.sorted {
            ($0.value.lowerBound, $0.value.upperBound) < ($1.value.lowerBound, $1.value.upperBound)
        }
        for (name, range) in inOrder {
            guard range.lowerBound == end else {
                throw CheckpointError(
                    reason:
                        "has the tensor \(name) at byte \(range.lowerBound) instead of \(end); write it again"
                )
            }
            end = range.upperBound
        }
        guard end <= count else {
            throw CheckpointError(
                reason:
                    "is truncated: it has \(count) of \(end) bytes after its header; copy or write it again")
        }
        guard end == count else {
            throw CheckpointError(
                reason: "has \(count - end) bytes too many at its end; copy or write it again")
        }
        return ranges
    }
}

extension SafetensorsHeader.Entry {
    /// The greatest number of dimensions, which is that of oneDNN.
    private static let rankLimit = 12

    /// The range of the bytes from the end of the header, checked against type and shape.
    fileprivate func range(_ name: String) throws(CheckpointError) -> Range<Int> {
        guard let format else {
            throw CheckpointError(
                reason: "has the tensor \(name) of type \(dtype); convert it to F32 or F16")
        }
        guard shape.count <= Self.rankLimit else {
            throw CheckpointError(
                reason:
                    "has the tensor \(name) with \(shape.count) dimensions; at most \(Self.rankLimit) are possible"
            )
        }
        // A dimension of 0 must not hide that the others overflow.
        let extent = shape.reduce(Int?.some(format.size)) { product, dimension in
            let (next, overflows) = (product ?? 0).multipliedReportingOverflow(by: max(1, dimension))
            return product == nil || dimension < 0 || overflows ? nil : next
        }
        guard let extent else {
            throw CheckpointError(reason: "has the tensor \(name) of impossible shape \(shape)")
        }
        let size = shape.contains(0) ? 0 : extent
        guard offsets.count == 2, offsets[0] >= 0, offsets[1] >= offsets[0], offsets[1] - offsets[0] == size
        else {
            throw CheckpointError(
                reason:
                    "has the tensor \(name) of shape \(shape), which does not match its byte range \(offsets)"
            )
        }
        return offsets[0]..<offsets[1]
    }
}

extension SafetensorsHeader: Codable {
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        metadata = [:]
        entries = [:]
        for name in container.allKeys {
            if name.stringValue == Self.metadataKey {
                metadata = try container.decode([String: String].self, forKey: name)
            } else {
                entries[name.stringValue] = try container.decode(Entry.self, forKey: name)
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        try container.encode(metadata, forKey: Name(stringValue: Self.metadataKey))
        for (name, entry) in entries { try container.encode(entry, forKey: Name(stringValue: name)) }
    }
}
