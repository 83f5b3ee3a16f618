import CommandSupport
import Foundation
import Imaging

/// Renders lines of text as images, with `crnn-synthesize --captions`.
struct CaptionRenderer {
    private let process: SynthesizerProcess

    /// Starts the program; its images have `width` × `height` pixels.
    init(width: Int, height: Int) throws {
        process = try SynthesizerProcess(["--captions", "\(width)x\(height)"], for: "crnn dataset sample")
    }

    /// The image of a text without line breaks.
    func image(of line: String) throws -> Image {
        try process.input.write(contentsOf: Data((line + "\n").utf8))
        return try Image(decoding: process.record().image)
    }

    /// Ends the program. Throws if it failed.
    func end() throws {
        if let problem = process.end() { throw CommandError(problem) }
    }
}
