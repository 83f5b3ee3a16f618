import ArgumentParser
import Datasets
import Foundation
import Recognition

/// `crnn dataset create`: from a list of images and texts to an LMDB.
struct DatasetCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Build an LMDB data set from images and a list of their texts.",
        discussion: """
            LABELS holds one sample a line: the path of an image, a tab, the text that it shows.

                word_1.png<TAB>Genaxis Theatre
                word_2.png<TAB>[06]

            Paths are looked up below the images' folder, then beside the list. Every image is decoded once to \
            prove that it can be, and stored as it is. What cannot be taken is named with its line on standard \
            error, the rest is written, and the exit code is then 1.

            The set grows in OUTPUT.unfinished and gets its name at the end: an interrupted run never leaves half \
            a set under the name, nor touches an earlier one.

            Example:

                crnn dataset create --images photos --labels photos/labels.tsv --output data/train
            """)

    @Option(help: ArgumentHelp("The folder below which the images lie.", valueName: "folder"))
    var images: String

    @Option(help: ArgumentHelp("The list of samples: path, tab, text.", valueName: "labels.tsv"))
    var labels: String

    @Option(help: ArgumentHelp("The folder to make.", valueName: "folder"))
    var output: String

    @Flag(help: "Replace a data set that is there already, and what an interrupted run left behind.")
    var force = false

    func run() async throws {
        let list = LabelList(try fileBytes(labels))
        var job = DatasetCreation(list: list, images: images, labels: labels)
        for problem in list.problems { job.report(line: problem.line, reason: problem.reason) }
        guard !list.entries.isEmpty else {
            throw ValidationError("\(labels) names no image: each line is a path, a tab and a text.")
        }
        var writer = try DatasetWriter(output, replacing: force)
        try await job.write(to: &writer)
        try conclude(job, writer)
    }

    /// Gives the set its name where there is a sample in it, and says what came of the list.
    private func conclude(_ job: DatasetCreation, _ writer: consuming DatasetWriter) throws {
        let (count, path) = (writer.count, writer.output)
        guard count > 0 else {
            writer.discard()
            StandardError.printLine(
                "Error: none of the samples in \(labels) could be taken; nothing was written")
            throw ExitCode.failure
        }
        try writer.finish()
        let failures = job.failures == 0 ? "" : ", \(job.failures) could not be taken"
        try StandardOutput.printLine(
            "\(path): \(count) \(count == 1 ? "sample" : "samples")\(failures)")
        if job.failures > 0 { throw ExitCode.failure }
    }

    /// The most bytes that a list may have.
    private static let byteLimit = 1 << 30

    /// The bytes of the list, which may come from a pipe.
    private func fileBytes(_ path: String) throws -> [UInt8] {
        let bytes: Data
        do {
            bytes = try FileError.naming(path, cannotBe: "read") {
                let file = try FileHandle(forReadingFrom: URL(filePath: path))
                return try file.read(upToCount: Self.byteLimit) ?? Data()
            }
        } catch {
            throw ValidationError("\(error)")
        }
        guard bytes.count < Self.byteLimit else {
            throw ValidationError("\(path) has \(Self.byteLimit) bytes or more; give it in parts")
        }
        return Array(bytes)
    }
}
