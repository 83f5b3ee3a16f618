import ArgumentParser
import Foundation

/// `crnn dataset synthesize`: hands its arguments over to `crnn-synthesize`.
struct DatasetSynthesize: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synthesize",
        abstract: "Make labelled pictures of text: printed, in scenes, or as captchas.",
        helpNames: [])

    @Argument(parsing: .captureForPassthrough, help: "What crnn-synthesize takes.")
    var arguments: [String] = []

    func run() throws { try become(Companion.path(for: "crnn dataset synthesize")) }

    /// Replaces this process by the program; returns only where that fails.
    private func become(_ path: String) throws {
        let words = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
        unsafe execv(path, words)
        throw CommandError("\(path) cannot be started: \(unsafe String(cString: strerror(errno)))")
    }
}
