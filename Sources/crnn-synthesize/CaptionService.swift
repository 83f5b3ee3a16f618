import ArgumentParser
import Foundation
import Imaging
import Synthesis

/// Answers the lines of standard input with pictures of them on standard output.
struct CaptionService {
    private let writer: CaptionWriter

    /// A service of captions whose size is written as WIDTHxHEIGHT, in pixels.
    init(size: String) throws {
        let numbers = size.split(separator: "x").map { Int($0) ?? 0 }
        guard numbers.count == 2, numbers.allSatisfy({ (1...4000).contains($0) }) else {
            throw ValidationError("--captions is \(size): give WIDTHxHEIGHT in pixels, such as 240x18.")
        }
        writer = try CaptionWriter(width: numbers[0], height: numbers[1])
    }

    /// Serves until standard input ends.
    func run() throws {
        while let line = readLine() {
            var answer = Data()
            answer.append(record: (try writer.image(of: line).encodedPNG(), line))
            try StandardOutput.write(answer)
        }
    }
}
