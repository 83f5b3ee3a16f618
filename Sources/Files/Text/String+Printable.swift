extension StringProtocol {
    /// The text as people see it: control characters and line separators become escapes such as `\n`, `\u{1B}`, and
    /// bytes of file names that are not UTF-8 become `\xFC`.
    public var printable: String { printable(keeping: []) }

    /// The text with all control characters but those in `kept` as escapes.
    public func printable(keeping kept: Set<Unicode.Scalar>) -> String {
        guard unicodeScalars.contains(where: { $0.escape != nil && !kept.contains($0) }) else {
            return String(self)
        }
        var result = ""
        for scalar in unicodeScalars {
            if let escape = scalar.escape, !kept.contains(scalar) {
                result += escape
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension Unicode.Scalar {
    /// The escape that is printed for a scalar which would change how a terminal shows other text; nil if there is none.
    fileprivate var escape: String? {
        switch self {
        case " "..."~": nil
        case "\t": "\\t"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\0": "\\0"
        default: rareEscape
        }
    }

    private var rareEscape: String? {
        if let byte = FileName.byte(of: self) {
            return "\\x" + byte.zeroPadded(to: 2, radix: 16, uppercase: true)
        }
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator:
            return "\\u{\(String(value, radix: 16, uppercase: true))}"
        default: return nil
        }
    }
}
