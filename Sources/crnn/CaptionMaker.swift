import Foundation
import Imaging

/// Pictures of lines of text, which `crnn-synthesize` draws.
struct CaptionMaker {
    private let process: CompanionProcess

    /// Starts the program; its pictures are `width` × `height` pixels.
    init(width: Int, height: Int) throws {
        process = try CompanionProcess(["--captions", "\(width)x\(height)"], for: "crnn dataset sample")
    }

    /// A picture of a text without line breaks.
    func image(of line: String) throws -> Image {
        try process.input.write(contentsOf: Data((line + "\n").utf8))
        return try Image(decoding: process.record().image)
    }

    /// Ends the program; throws what it complained of.
    func end() throws {
        if let problem = process.end() { throw CommandError(problem) }
    }
}
