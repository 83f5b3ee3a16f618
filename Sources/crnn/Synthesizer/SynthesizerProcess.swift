import CommandSupport
import Foundation

/// A running `crnn-synthesize`. It exits when its standard input is closed, so it never outlives this process.
struct SynthesizerProcess {
    let input: FileHandle
    let output: FileHandle
    private let process: Process
    private let errors: ErrorTail

    /// Starts the program.
    ///
    /// - Parameter command: The command that needs it, for messages.
    init(_ arguments: [String], for command: String) throws {
        // Writing to a process that has exited then fails with an error instead of ending this process.
        signal(SIGPIPE, SIG_IGN)
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        process = Process()
        process.executableURL = URL(filePath: try SynthesizerProgram.path(for: command))
        process.arguments = arguments
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
        do { try process.run() } catch {
            throw CommandError("\(SynthesizerProgram.name) cannot be started: \(error.localizedDescription)")
        }
        (self.input, self.output) = (input.fileHandleForWriting, output.fileHandleForReading)
        self.errors = ErrorTail(errors.fileHandleForReading)
        lowerPriority()
    }

    /// Closes standard input and waits for the exit; kills the process after five seconds.
    ///
    /// - Returns: The error message; nil after exit code 0.
    func end() -> String? {
        try? input.close()
        if !errors.wait(seconds: 5) { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        let status = process.terminationStatus
        guard process.terminationReason == .exit else {
            return
                "\(SynthesizerProgram.name) was ended by signal \(status) (the system sends 9 when memory runs out); "
                + "an interrupted training run can be resumed with --resume"
        }
        let text = errors.text
        return status == 0
            ? nil : text.isEmpty ? "\(SynthesizerProgram.name) ended with exit code \(status)" : text
    }

    /// Training has priority over the synthesis of its images.
    private func lowerPriority() {
        #if os(Linux)
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(process.processIdentifier), 5)
        #else
            setpriority(PRIO_PROCESS, id_t(process.processIdentifier), 5)
        #endif
    }
}

extension SynthesizerProcess {
    /// The maximum number of bytes of an image or a text in a valid record.
    private static let byteLimit = 1 << 28

    /// Reads the next record from standard output: two 32-bit little-endian byte counts, the encoded image, the text.
    func record() throws -> (image: Data, text: String) {
        let header = try read(8)
        let counts = [0, 4].map { start in
            (0..<4).reduce(0) { $0 | Int(header[header.startIndex + start + $1]) << (8 * $1) }
        }
        guard counts.allSatisfy({ $0 <= Self.byteLimit }) else {
            _ = end()
            throw CommandError(
                "\(SynthesizerProgram.name) and crnn have different versions; scripts/install builds and installs "
                    + "both"
            )
        }
        let image = try read(counts[0])
        return (image, String(decoding: try read(counts[1]), as: UTF8.self))
    }

    private func read(_ count: Int) throws -> Data {
        let data = count == 0 ? Data() : try output.read(upToCount: count) ?? Data()
        guard data.count == count else {
            throw CommandError(
                end()
                    ?? "\(SynthesizerProgram.name) ended unexpectedly; an interrupted training run can be resumed "
                    + "with --resume")
        }
        return data
    }
}
