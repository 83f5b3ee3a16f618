import Foundation

/// `crnn-synthesize`, the program beside this one that makes pictures: the only one that loads Pango.
enum Companion {
    /// Its file's name.
    static let name = "crnn-synthesize"

    /// Where it lies; throws where it is missing.
    ///
    /// - Parameter command: What needs it, for the message.
    static func path(for command: String) throws(CommandError) -> String {
        guard let own = Bundle.main.executableURL else {
            throw CommandError("crnn cannot tell where it lies itself")
        }
        let folders = [own, own.resolvingSymlinksInPath()].map { $0.deletingLastPathComponent() }
        let candidates = folders.map { $0.appending(path: name).path(percentEncoded: false) }
        guard let path = candidates.first(where: FileManager.default.isExecutableFile) else {
            throw CommandError(
                "\(candidates[0]) is missing: `\(command)` needs it beside crnn; "
                    + "build it with `swift build --product \(name)`")
        }
        return path
    }
}
