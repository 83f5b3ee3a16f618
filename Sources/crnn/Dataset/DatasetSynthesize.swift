import ArgumentParser
import CommandSupport
import Foundation

/// `crnn dataset synthesize`: runs `crnn-synthesize` with the same arguments.
struct DatasetSynthesize: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synthesize",
        abstract: "Generate synthetic labelled images: printed text, scene text or captchas.",
        helpNames: [])

    @Argument(parsing: .captureForPassthrough, help: "The arguments of crnn-synthesize.")
    var arguments: [String] = []

    func run() throws { try become(SynthesizerProgram.path(for: "crnn dataset synthesize")) }

    /// Replaces this process by the program; returns only if that fails.
    private func become(_ path: String) throws {
        let words = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
        unsafe execv(path, words)
        throw CommandError("\(path) cannot be started: \(unsafe String(cString: strerror(errno)))")
    }
}
