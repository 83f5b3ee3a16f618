import ArgumentParser
import CommandSupport
import Datasets
import Files
import Foundation
import Recognition

/// `crnn dataset create`: builds an LMDB data set from images and their texts.
struct DatasetCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Build an LMDB data set from images and their texts.",
        discussion: """
            The texts come from one of

                --labels FILE   a list, one sample per line; the extension (.tsv, .csv,
                                .jsonl) or --label-format determines the format:
                                  tsv    path TAB text
                                  csv    path,text; quoted as in RFC 4180
                                  jsonl  {"file_name": "a.png", "text": "..."}
                                  icdar  a.png, "Genaxis Theatre"
                                  space  path SPACE text
                --pairs         files name.gt.txt next to the images name.png, as used by
                                ocropy, kraken, Calamari and tesstrain
                --names         the file names of the images; --name-pattern '*_LABEL_*'
                                gives the position of the text

            By default, the first of these files that exists in the image folder: labels.tsv, labels.csv, \
            labels.jsonl, metadata.jsonl, metadata.csv.

            Paths in a list are relative to the image folder or, if there is no such file, to the folder of the list. \
            \(SearchRule.images)

            Every image is decoded once as a check. PNG and JPEG are stored unchanged unless --transcode is given; other \
            formats, and images that their Exif orientation turns, are stored as PNG. Of several pages, the first is \
            stored. Texts with control characters are refused. Samples that \
            cannot be added are listed in OUTPUT.problems.tsv with their place and the reason; the others are written, \
            and the exit code is 1. Duplicate images are added, but listed there as well.

            The data set is built as OUTPUT.unfinished and renamed at the end. An interrupted run therefore never \
            leaves an incomplete data set at OUTPUT, nor changes an existing one. The same command resumes an \
            interrupted run; --force starts over.

            Examples:

                crnn dataset create --images photos --labels list.tsv --output data/train
                crnn dataset create --images lines --pairs --output data/lines
                crnn dataset create --images captchas --names --output data/captchas
                crnn dataset create --images mnt/ramdisk/max/90kDICT32px --labels annotation_train.txt \
            --label-format space --name-pattern '*_LABEL_*' --output data/mjsynth
            """)

    @Option(help: ArgumentHelp("The folder that contains the images.", valueName: "folder"))
    var images: String

    @OptionGroup(title: "Texts") var texts: TextOptions

    @OptionGroup(title: "Images") var transcoding: TranscodingOptions

    @Option(help: ArgumentHelp("The data set to create.", valueName: "folder"))
    var output: String

    @Option(
        help: ArgumentHelp(
            "The file that lists samples with problems; by default OUTPUT.problems.tsv.", valueName: "file"))
    var problems: String?

    @Flag(help: "Replace an existing data set and the remains of an interrupted run.")
    var force = false

    func run() async throws {
        var source = try texts.source(images: images)
        guard source.total > 0 else {
            throw CommandError("\(source.name) has no samples: \(source.expectation)")
        }
        let target = output.hasSuffix("/") ? String(output.reversed().drop { $0 == "/" }.reversed()) : output
        let list = problems ?? target + ".problems.tsv"
        try requireApart(file: list, from: [texts.labels])
        var writer = force ? try DatasetWriter(output, replacing: true) : try DatasetWriter(resuming: output)
        let position = try CreationPosition.resumed(writer, source, transcoding)
        let file = try ProblemFile(
            problems ?? writer.output + ".problems.tsv", keeping: position.problemBytes)
        var job = DatasetCreation(
            folders: source.folders, transcoding: transcoding, at: position, problems: file)
        if position.taken > 0 {
            StandardError.printLine(
                "resuming after \(position.taken) of \(source.total) entries; \(writer.count) samples so far")
        }
        try await job.write(&source, to: &writer)
        try conclude(job, writer, source.name)
    }

    /// Finishes the data set, unless it is empty, and prints the result.
    private func conclude(
        _ job: DatasetCreation, _ writer: consuming DatasetWriter, _ name: String
    ) throws {
        let (count, path, refused) = (writer.count, writer.output, job.position.refused)
        guard count > 0 else {
            writer.discard()
            StandardError.printLine(
                "Error: none of the samples in \(name) could be added; nothing was written")
            throw ExitCode.failure
        }
        try writer.finish()
        let repeated = try reportRepetitions(in: path, to: job.problems)
        try job.problems.close()
        if refused + repeated > 0 { StandardError.printLine("problems are listed in \(job.problems.path)") }
        let failures =
            (refused == 0 ? "" : ", \(refused) could not be added")
            + (repeated == 0 ? "" : ", \(repeated) with a repeated image")
        try StandardOutput.printLine("\(path): \(count) \(count == 1 ? "sample" : "samples")\(failures)")
        if refused > 0 { throw ExitCode.failure }
    }

    /// Lists the samples that repeat an earlier image, and returns their number.
    private func reportRepetitions(in path: String, to file: ProblemFile) throws -> Int {
        let dataset = try LMDBDataset(path, isChecked: false)
        let problems = try findDuplicates(in: dataset)
        for problem in problems {
            try file.append(place: problem.key, kind: problem.kind.rawValue, detail: problem.detail)
        }
        return problems.count
    }
}
