import Files
import Foundation
import Recognition
import Tensors
import TestSupport
import Testing

/// Commands whose memory or threads are limited, as on machines that many people share.
@Suite(.serialized) struct LimitTests {
    private struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    private let folder: TemporaryFolder
    private let image = SharedData.package.appending(path: "datasets/printed/images/0.png")
        .path(percentEncoded: false)

    init() throws { folder = try TemporaryFolder() }

    /// Runs `crnn` under a limit of the shell; after 60 seconds it counts as waiting forever.
    private func run(_ limit: String, unprivileged: Bool = false, _ arguments: [String]) throws -> Outcome {
        let command = CommandRun.binary.path(percentEncoded: false)
        let (output, errors) = (folder.path("output"), folder.path("errors"))
        let user = unprivileged && geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments =
            [
                "-c",
                "exec timeout -k 1 60 \(user)bash -c 'ulimit -c 0; \(limit); exec \"$@\"' - \"$@\" >\(output) 2>\(errors)",
                "-", command,
            ] + arguments
        process.standardInput = FileHandle.nullDevice
        var environment = ProcessInfo.processInfo.environment
        environment["SWIFT_BACKTRACE"] = "enable=no"
        process.environment = environment
        try process.run()
        process.waitUntilExit()
        let texts = try [output, errors].map { try String(contentsOfFile: $0, encoding: .utf8) }
        let isSignal = process.terminationReason == .uncaughtSignal
        return Outcome(
            status: (isSignal ? 128 : 0) + process.terminationStatus, output: texts[0], errors: texts[1])
    }

    @Test(arguments: [150_000, 250_000, 400_000, 600_000, 1_000_000, 2_000_000])
    func aReadingThatRunsOutOfMemorySaysSo(kibibytes: Int) throws {
        let outcome = try run("ulimit -v \(kibibytes)", ["predict", image])
        #expect(
            outcome.status == 0 || outcome.status == 1 && outcome.errors.contains("out of memory")
                || outcome.errors.contains("shared libraries"),
            "\(kibibytes): \(outcome)")
        if outcome.status == 0 { #expect(!outcome.output.isEmpty) }
    }

    @Test(arguments: [500_000, 800_000, 1_200_000, 2_000_000])
    func aTrainingThatRunsOutOfMemorySaysSo(kibibytes: Int) throws {
        let set = folder.path("set")
        let numbers = SharedData.package.appending(path: "datasets/numbers").path(percentEncoded: false)
        let created = try run(
            "true",
            ["dataset", "create", "--images", numbers, "--labels", numbers + "/labels.tsv", "--output", set])
        try #require(created.status == 0, "\(created.errors)")
        let outcome = try run(
            "ulimit -v \(kibibytes)",
            ["train", "--lmdb", set, "--output", folder.path("run"), "--steps", "2", "--batch-size", "128"])
        #expect(
            outcome.status == 0 || outcome.status == 1 && outcome.errors.contains("out of memory"),
            "\(kibibytes): \(outcome)")
    }

    /// The limit counts all processes of the user.
    @Test(arguments: [1, 4]) func withoutFurtherThreadsOneThreadReads(processes: Int) throws {
        let outcome = try run(
            "ulimit -u \(processes)", unprivileged: true, ["predict", image, "--threads", "2"])
        #expect(outcome.status == 0, "\(outcome)")
        #expect(try outcome.output == run("true", ["predict", image]).output)
    }

    @Test func commandsThatNeedThreadsSayThatThereAreNone() throws {
        let outcome = try run(
            "ulimit -u 1", unprivileged: true, ["dataset", "inspect", folder.path("set")])
        #expect(outcome.status == 1 && outcome.errors.contains("starts no more threads"), "\(outcome)")
    }
}
