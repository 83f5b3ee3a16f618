import Foundation
import Synchronization

/// A running `crnn-synthesize`. It ends when its input is closed, and so when this process ends, whatever ends it.
struct CompanionProcess {
    let input: FileHandle
    let output: FileHandle
    private let process: Process
    private let words: LastWords

    /// Starts the program; `command` needs it.
    init(_ arguments: [String], for command: String) throws {
        // A program that has ended is told of by an error instead of this process's end.
        signal(SIGPIPE, SIG_IGN)
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        process = Process()
        process.executableURL = URL(filePath: try Companion.path(for: command))
        process.arguments = arguments
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
        do { try process.run() } catch {
            throw CommandError("\(Companion.name) cannot be started: \(error.localizedDescription)")
        }
        (self.input, self.output) = (input.fileHandleForWriting, output.fileHandleForReading)
        words = LastWords(errors.fileHandleForReading)
        lowerPriority()
    }

    /// Waits for the end, of a program that does not end by itself for a short time only, and says what it was.
    ///
    /// - Returns: Nil where the program was content.
    func end() -> String? {
        try? input.close()
        if !words.wait(seconds: 5) { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        let status = process.terminationStatus
        guard process.terminationReason == .exit else {
            return
                "\(Companion.name) was ended by signal \(status), as the system does where memory runs out (9); "
                + "a run that was begun goes on with --resume"
        }
        let text = words.text
        return status == 0 ? nil : text.isEmpty ? "\(Companion.name) ended with exit code \(status)" : text
    }

    /// Makes way for the computation that learns from what is made.
    private func lowerPriority() {
        #if os(Linux)
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(process.processIdentifier), 5)
        #else
            setpriority(PRIO_PROCESS, id_t(process.processIdentifier), 5)
        #endif
    }
}

extension CompanionProcess {
    /// Bytes of an image or a text beyond which an answer is none.
    private static let byteLimit = 1 << 28

    /// The next picture and its text.
    func record() throws -> (image: Data, text: String) {
        let header = try read(8)
        let counts = [0, 4].map { start in
            (0..<4).reduce(0) { $0 | Int(header[header.startIndex + start + $1]) << (8 * $1) }
        }
        guard counts.allSatisfy({ $0 <= Self.byteLimit }) else {
            _ = end()
            throw CommandError("\(Companion.name) is of another version than crnn; build both anew")
        }
        let image = try read(counts[0])
        return (image, String(decoding: try read(counts[1]), as: UTF8.self))
    }

    private func read(_ count: Int) throws -> Data {
        let data = count == 0 ? Data() : try output.read(upToCount: count) ?? Data()
        guard data.count == count else {
            throw CommandError(
                end() ?? "\(Companion.name) has ended; a run that was begun goes on with --resume")
        }
        return data
    }
}

/// What a program last wrote to standard error; it is read at once, so that the program never waits for it.
private final class LastWords: Sendable {
    private let bytes = Mutex(Data())
    private let isComplete = DispatchSemaphore(value: 0)

    /// The most bytes that are kept.
    private static let limit = 4000

    init(_ file: FileHandle) {
        Thread.detachNewThread { [self] in
            while case let next = file.availableData, !next.isEmpty {
                bytes.withLock { $0 = Data(($0 + next).suffix(Self.limit)) }
            }
            isComplete.signal()
        }
    }

    /// Waits for the last word; false where it does not come in time.
    func wait(seconds: Int) -> Bool { isComplete.wait(timeout: .now() + .seconds(seconds)) == .success }

    /// The words, without what ArgumentParser puts before errors.
    var text: String {
        let text = String(decoding: bytes.withLock { $0 }, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return text.hasPrefix("Error: ") ? String(text.dropFirst(7)) : text
    }
}
