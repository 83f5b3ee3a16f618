import CommandSupport
import Foundation

/// The executable `crnn-synthesize`, which renders synthetic images. It is separate so that `crnn` starts without
/// loading Pango.
enum SynthesizerProgram {
    /// The name of its file.
    static let name = "crnn-synthesize"

    /// The path of the executable, which is in the same folder as `crnn`. Throws if it is missing.
    ///
    /// - Parameter command: The command that needs it, for the message.
    static func path(for command: String) throws(CommandError) -> String {
        guard let own = Bundle.main.executableURL else {
            throw CommandError("crnn cannot find the path of its own executable")
        }
        let folders = [own, own.resolvingSymlinksInPath()].map { $0.deletingLastPathComponent() }
        let candidates = folders.map { $0.appending(path: name).path(percentEncoded: false) }
        guard let path = candidates.first(where: FileManager.default.isExecutableFile) else {
            throw CommandError(
                "\(candidates[0]) is missing: `\(command)` needs it in the folder of crnn; scripts/install builds and "
                    + "installs both")
        }
        return path
    }
}
