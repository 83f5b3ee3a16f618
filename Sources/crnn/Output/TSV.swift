import Files

/// Tab-separated values.
enum TSV {
    /// One line; backslash, tab, line feed and carriage return in a field become `\\`, `\t`, `\n` and `\r`, other control
    /// characters `\u{1B}`, and bytes of file names that are not UTF-8 `\xFC`.
    static func line(_ fields: [String]) -> String {
        fields.map { $0.replacing("\\", with: "\\\\").printable }.joined(separator: "\t")
    }
}
