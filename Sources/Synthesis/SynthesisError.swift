/// Why samples cannot be made: what, where, why, and what to do next.
public enum SynthesisError: Error, Sendable, Equatable {
    /// A configuration is not JSON, names what there is not, or holds a value outside its range.
    case invalidConfiguration(path: String, reason: String)
    /// A text file or folder cannot be read.
    case unreadableText(path: String, reason: String)
    /// A picture for backgrounds cannot be read.
    case unreadablePicture(path: String, reason: String)
    /// No text files were found where there should be some.
    case noTexts(paths: [String])
    /// None of the texts can be spelled with the alphabet, or no line has the length that is asked for.
    case noUsableText(reason: String)
    /// No font was found.
    case noFonts(wanted: String)
    /// No font has all the glyphs of a text.
    case noFontHolds(text: String)
    /// A library refuses.
    case drawing(reason: String)
}

extension SynthesisError: CustomStringConvertible {
    /// What, where, why, and what to do next.
    public var description: String {
        switch self {
        case .invalidConfiguration(let path, let reason):
            "\(path): \(reason); `crnn dataset synthesize --print-configuration` shows all that can be set"
        case .unreadableText(let path, let reason): "\(path) cannot be read: \(reason)"
        case .unreadablePicture(let path, let reason): "\(path) cannot be read: \(reason)"
        case .noTexts(let paths):
            "no text files in \(paths.joined(separator: ", ")): name UTF-8 files, or folders that hold *.txt"
        case .noUsableText(let reason): "no text to draw: \(reason)"
        case .noFonts(let wanted):
            "no fonts found for \(wanted): install some, or name a family or a folder of font files"
        case .noFontHolds(let text):
            "no font has all glyphs of “\(text)”: add fonts, or leave its symbols out of the alphabet"
        case .drawing(let reason): "cannot draw: \(reason)"
        }
    }
}
