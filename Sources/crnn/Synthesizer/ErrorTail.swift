import Files
import Foundation
import Synchronization

/// The end of what a process wrote to standard error. A thread reads it continuously, so that the process never waits.
final class ErrorTail: Sendable {
    private let bytes = Mutex(Data())
    private let isComplete = DispatchSemaphore(value: 0)

    /// The maximum number of bytes kept.
    private static let limit = 4000

    /// Starts reading `file`.
    init(_ file: FileHandle) {
        let isStarted = BackgroundThread.start { [self] in
            while case let next = file.availableData, !next.isEmpty {
                bytes.withLock { $0 = Data(($0 + next).suffix(Self.limit)) }
            }
            isComplete.signal()
        }
        if !isStarted { isComplete.signal() }
    }

    /// Waits for the end of the file; returns false on a timeout.
    func wait(seconds: Int) -> Bool { isComplete.wait(timeout: .now() + .seconds(seconds)) == .success }

    /// The text, without the prefix that ArgumentParser adds to errors.
    var text: String {
        let text = String(decoding: bytes.withLock { $0 }, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return text.hasPrefix("Error: ") ? String(text.dropFirst(7)) : text
    }
}
