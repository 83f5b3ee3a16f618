public import Foundation

/// The outcome of a run of the built `crnn`.
public struct CommandOutcome: Sendable {
    /// The exit code; 128 plus the signal's number if a signal ended the process.
    public let status: Int32
    /// The text on standard output.
    public let output: String
    /// The text on standard error.
    public let errors: String
}

/// The `crnn` binary that was built with the tests.
public enum CommandRun {
    /// The location of the binary, in the folder of the test bundle.
    public static let binary: URL = {
        let folder = Bundle.main.executableURL?.deletingLastPathComponent() ?? Bundle.main.bundleURL
        let candidates = [folder, SharedData.package.appending(path: ".build/debug")].map {
            $0.appending(path: "crnn")
        }
        let isThere = { (url: URL) in
            FileManager.default.isExecutableFile(atPath: url.path(percentEncoded: false))
        }
        return candidates.first(where: isThere) ?? candidates[0]
    }()

    /// The prefix of a command that runs as an ordinary user even if the tests run as root.
    private static let withoutPrivileges =
        geteuid() == 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []

    /// Starts the binary and returns at once.
    ///
    /// `env` starts it and is replaced by it. Nil stands for the null device.
    public static func start(
        _ arguments: [String], privileged: Bool = true, input: FileHandle? = nil, output: FileHandle? = nil,
        errors: FileHandle? = nil
    ) throws -> Process {
        let process = Process()
        let command = (privileged ? [] : withoutPrivileges) + [binary.path(percentEncoded: false)]
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command + arguments
        process.standardInput = input ?? FileHandle.nullDevice
        process.standardOutput = output ?? FileHandle.nullDevice
        process.standardError = errors ?? FileHandle.nullDevice
        try process.run()
        return process
    }
}

/// Runs the built `crnn` with `arguments` and `input` on standard input, and waits for its end.
public func run(_ arguments: String..., input: Data = Data()) throws -> CommandOutcome {
    try run(arguments, input: input)
}

/// Runs the built `crnn` as an ordinary user, even if the tests run as root, and waits for its end.
public func runWithoutPrivileges(_ arguments: String...) throws -> CommandOutcome {
    try run(arguments, privileged: false)
}

/// Runs the built `crnn` with `arguments` and `input` on standard input, and waits for its end. If `device` is given, it
/// receives the output, and the outcome does not.
public func run(
    _ arguments: [String], privileged: Bool = true, input: Data = Data(), outputTo device: String? = nil
) throws -> CommandOutcome {
    let folder = try TemporaryFolder()
    let files = ["input", "output", "errors"].map { URL(filePath: folder.path($0)) }
    for file in files { try input.write(to: file) }
    let handles = try files.enumerated().map { index, file in
        index == 0 ? try FileHandle(forReadingFrom: file) : try FileHandle(forWritingTo: file)
    }
    for handle in handles.dropFirst() { try handle.truncate(atOffset: 0) }
    let process = try CommandRun.start(
        arguments, privileged: privileged, input: handles[0],
        output: try device.map { try FileHandle(forWritingTo: URL(filePath: $0)) } ?? handles[1],
        errors: handles[2])
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    let status = process.terminationStatus
    return CommandOutcome(
        status: process.terminationReason == .uncaughtSignal ? 128 + status : status,
        output: texts[1], errors: texts[2])
}
