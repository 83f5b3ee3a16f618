import ArgumentParser
import Foundation

/// `crnn dataset synthesize`: hands its arguments over to `crnn-synthesize`, the only program that loads Pango.
struct DatasetSynthesize: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synthesize",
        abstract: "Make labelled pictures of text: printed, in scenes, or as captchas.",
        helpNames: [])

    @Argument(parsing: .captureForPassthrough, help: "What crnn-synthesize takes.")
    var arguments: [String] = []

    /// The program that does the work.
    private static let program = "crnn-synthesize"

    func run() throws {
        guard let own = Bundle.main.executableURL else {
            throw CommandError("crnn cannot tell where it lies itself")
        }
        let folders = [own, own.resolvingSymlinksInPath()].map { $0.deletingLastPathComponent() }
        let candidates = folders.map { $0.appending(path: Self.program).path(percentEncoded: false) }
        guard let path = candidates.first(where: FileManager.default.isExecutableFile) else {
            throw CommandError(
                "\(candidates[0]) is missing: `crnn dataset synthesize` needs it beside crnn; "
                    + "build it with `swift build --product \(Self.program)`")
        }
        try become(path)
    }

    /// Replaces this process by the program; returns only where that fails.
    private func become(_ path: String) throws {
        let words = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
        unsafe execv(path, words)
        throw CommandError("\(path) cannot be started: \(unsafe String(cString: strerror(errno)))")
    }
}
