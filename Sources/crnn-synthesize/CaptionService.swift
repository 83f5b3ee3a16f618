import ArgumentParser
import CommandSupport
import Foundation
import Imaging
import Synthesis

/// Renders each line of standard input as an image on standard output.
struct CaptionService {
    private let renderer: CaptionRenderer

    /// Creates a service for images of `size`, which is WIDTHxHEIGHT in pixels.
    init(size: String) throws {
        let numbers = size.split(separator: "x").map { Int($0) ?? 0 }
        guard numbers.count == 2, numbers.allSatisfy({ (1...4000).contains($0) }) else {
            throw ValidationError("--captions is \(size): give WIDTHxHEIGHT in pixels, such as 240x18.")
        }
        renderer = try CaptionRenderer(width: numbers[0], height: numbers[1])
    }

    /// Runs until standard input ends.
    func run() throws {
        while let line = readLine() {
            var answer = Data()
            answer.append(record: (try renderer.image(of: line).encodedPNG(), line))
            try StandardOutput.write(answer)
        }
    }
}
