// Images read by an actor, as a server does it: several tasks ask at once, and none blocks a thread of Swift
// concurrency.
//
//     swift run -c release --package-path Examples ImageReader [image…]

import CPU
import DefaultModel
import Foundation
import Imaging
import Recognition

/// Reads the text in images with one model, and counts them.
actor Reader {
    private let recognizer: Recognizer
    private(set) var count = 0

    init(_ recognizer: Recognizer) { self.recognizer = recognizer }

    /// The texts in encoded images, in their order.
    func read(_ files: [Data]) async throws -> [Transcript] {
        let images = try files.map { try Image(decoding: $0) }
        let transcripts = try await recognizer.transcripts(of: images)
        count += images.count
        return transcripts
    }
}

/// The first images of the repository's printed lines, if the command line names none.
let printed = URL(filePath: #filePath).appending(path: "../../../../datasets/printed/images").standardized
let named = CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("--") }.map { URL(filePath: $0) }
let files = named.isEmpty ? (0..<4).map { printed.appending(path: "\($0).png") } : named

let reader = Reader(try Checkpoint.defaultModel(on: CPUDevice(threads: 2)).recognizer)
try await withThrowingTaskGroup(of: (String, Transcript?).self) { group in
    for file in files {
        group.addTask { (file.lastPathComponent, try await reader.read([Data(contentsOf: file)]).first) }
    }
    for try await (name, transcript) in group {
        print("\(name): \(transcript?.text ?? "") (confidence \(transcript?.confidence ?? 0))")
    }
}
print("\(await reader.count) images were read")
