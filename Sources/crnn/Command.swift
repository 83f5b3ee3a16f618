import ArgumentParser
import CommandSupport
import Datasets
import Dispatch
import Files
import Foundation

/// The `crnn` executable.
@main
struct Command: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crnn",
        abstract: "Train, evaluate and run CRNN models that read lines of text in images.",
        version: "0.1.0",
        subcommands: [
            TrainCommand.self, PredictCommand.self, EvaluateCommand.self, DatasetCommand.self,
            ModelCommand.self, BenchmarkCommand.self,
        ])
}

extension Command {
    /// Runs the command of the process's arguments. Only commands that need Swift concurrency use its threads, so that
    /// the others start faster, and run even if the system starts no thread.
    static func main() {
        StopSignal.unblock()
        do {
            var command = try parseAsRoot(CommandWords.given())
            guard command is any AsyncParsableCommand else { return try command.run() }
        } catch {
            end(error)
        }
        runConcurrently()
    }

    /// Without threads, Swift concurrency would wait forever.
    private static func runConcurrently() -> Never {
        guard BackgroundThread.start({}) else { exit(withError: ThreadError()) }
        Task {
            do {
                if var command = try parseAsRoot(CommandWords.given()) as? any AsyncParsableCommand {
                    try await command.run()
                }
                exit()
            } catch {
                end(error)
            }
        }
        dispatchMain()
    }

    /// Ends the process with the error's message, whose control characters are escaped, and its exit code.
    private static func end(_ error: any Error) -> Never {
        let error = readable(error)
        let code = exitCode(for: error)
        guard !code.isSuccess else { exit(withError: error) }
        let message = fullMessage(for: error)
        if !message.isEmpty { StandardError.printLine(message) }
        Foundation.exit(code.rawValue)
    }

    /// The error itself or, for an error of Foundation, one with words for people.
    static func readable(_ error: any Error) -> any Error {
        if error is DecodingError { return CommandError(JSONText.reason(of: error)) }
        if let error = error as? StagingError { return CommandError(error.advice) }
        if case .staging(let error) = error as? DatasetError { return CommandError(error.advice) }
        guard let error = error as? CocoaError else { return error }
        do {
            return try FileError.naming(error.filePath ?? "a file", cannotBe: "used") { throw error }
        } catch { return error }
    }
}
