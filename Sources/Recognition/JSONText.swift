public import Foundation

/// JSON as all files and answers have it: keys sorted, slashes as they are.
public enum JSONText {
    /// What encodes a value in one line, or in several with indentation.
    public static func encoder(isIndented: Bool = false) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isIndented { encoder.outputFormatting.insert(.prettyPrinted) }
        return encoder
    }
}

extension JSONEncoder {
    /// The value as JSON text.
    public func encodedText(_ value: some Encodable) throws -> String {
        String(decoding: try encode(value), as: UTF8.self)
    }
}
