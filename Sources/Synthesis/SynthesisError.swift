public import Files

/// Why samples cannot be generated. The description names the file, setting or text, the reason and a remedy.
public enum SynthesisError: Error, Sendable, Equatable {
    /// The configuration is not valid JSON, has an unknown setting, or has a value out of range.
    case invalidConfiguration(path: String, reason: String)
    /// The operating system failed to read a file or folder.
    case file(FileError)
    /// A text file is missing or not UTF-8.
    case unreadableText(path: String, reason: String)
    /// A background image is missing or cannot be decoded.
    case unreadableImage(path: String, reason: String)
    /// The paths of a source contain no text files.
    case noTextFiles(paths: [String])
    /// No text fits both the alphabet and the lengths.
    case noUsableText(reason: String)
    /// No font was found.
    case noFonts(wanted: String)
    /// No font has all glyphs of a text.
    case noFontHasGlyphs(text: String)
    /// Pango, cairo or fontconfig failed.
    case drawing(reason: String)
}

extension SynthesisError {
    /// Runs `body`, which reads the file or folder `path`, and turns its error into ``file(_:)``.
    static func reading<Result>(_ path: String, _ body: () throws -> Result) throws(SynthesisError) -> Result
    {
        do { return try FileError.naming(path, cannotBe: "read", body) } catch { throw .file(error) }
    }
}

extension SynthesisError: CustomStringConvertible {
    /// The file, setting or text, the reason and a remedy.
    public var description: String {
        switch self {
        case .invalidConfiguration(let path, let reason):
            "\(path): \(reason); `crnn dataset synthesize --print-configuration` shows all settings"
        case .file(let error): error.description
        case .unreadableText(let path, let reason): "\(path) cannot be read: \(reason)"
        case .unreadableImage(let path, let reason): "\(path) cannot be read: \(reason)"
        case .noTextFiles(let paths):
            "no text files in \(paths.joined(separator: ", ")): name UTF-8 files, or folders that contain *.txt"
        case .noUsableText(let reason): "no text to draw: \(reason)"
        case .noFonts(let wanted):
            "no fonts found for \(wanted): install some, or name a family or a folder of font files"
        case .noFontHasGlyphs(let text):
            "no font has all glyphs of “\(text)”: add fonts, or remove the missing symbols from the alphabet"
        case .drawing(let reason): "cannot draw: \(reason)"
        }
    }
}
