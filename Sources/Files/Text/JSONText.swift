public import Foundation

/// The form of JSON in all files and answers of this toolkit: sorted keys and unescaped slashes.
public enum JSONText {
    /// An encoder that writes a value on one line, or on several indented lines.
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
