import ArgumentParser
import Datasets
import Foundation
import Recognition

/// `crnn dataset create`: from images and their texts to an LMDB.
struct DatasetCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Build an LMDB data set from images and their texts.",
        discussion: """
            The texts come from one of

                --labels FILE   a list, one sample a line. Its format follows its ending (.tsv, .csv, .jsonl) or \
            --label-format:
                                  tsv    path TAB text
                                  csv    path,text; quoted as in RFC 4180
                                  jsonl  {"file_name": "a.png", "text": "..."}
                                  icdar  a.png, "Genaxis Theatre"
                                  space  path SPACE text
                --pairs         name.gt.txt beside each name.png, as ocropy, kraken, Calamari and tesstrain use them
                --names         the names of the images; --name-pattern '*_LABEL_*' says where in them

            Without any of them, labels.tsv, labels.csv, labels.jsonl or metadata.jsonl in the images' folder is taken.

            Paths in a list are looked up below the images' folder, then beside the list. Every image is decoded once \
            to prove that it can be, and stored as it is unless --transcode is given. What cannot be taken is listed \
            with its place and the reason in OUTPUT.problems.tsv, the rest is written, and the exit code is then 1. \
            Images that occur repeatedly are taken and listed there, too.

            The set grows in OUTPUT.unfinished and gets its name at the end: an interrupted run never leaves half \
            a set under the name, nor touches an earlier one. The same command goes on with what was left; --force \
            starts afresh.

            Examples:

                crnn dataset create --images photos --labels photos/labels.tsv --output data/train
                crnn dataset create --images lines --pairs --output data/lines
                crnn dataset create --images captchas --names --output data/captchas
                crnn dataset create --images mnt/ramdisk/max/90kDICT32px --labels annotation_train.txt \
            --label-format space --name-pattern '*_LABEL_*' --output data/mjsynth
            """)

    @Option(help: ArgumentHelp("The folder below which the images lie.", valueName: "folder"))
    var images: String

    @OptionGroup(title: "Texts") var texts: TextOptions

    @OptionGroup(title: "Images") var transcoding: TranscodingOptions

    @Option(help: ArgumentHelp("The folder to make.", valueName: "folder"))
    var output: String

    @Option(
        help: ArgumentHelp(
            "Where to list what could not be taken; OUTPUT.problems.tsv unless given.", valueName: "file"))
    var problems: String?

    @Flag(help: "Replace a data set that is there already, and what an interrupted run left behind.")
    var force = false

    func run() async throws {
        var source = try texts.source(images: images)
        guard source.total > 0 else {
            throw ValidationError("\(source.name) names no image: \(source.expectation)")
        }
        var writer = force ? try DatasetWriter(output, replacing: true) : try DatasetWriter(resuming: output)
        let position = try CreationPosition.resumed(writer, source, transcoding)
        let file = try ProblemFile(
            problems ?? writer.output + ".problems.tsv", keeping: position.problemBytes)
        var job = DatasetCreation(
            folders: source.folders, transcoding: transcoding, at: position, problems: file)
        if position.taken > 0 {
            StandardError.printLine(
                "going on after \(position.taken) of \(source.total) with \(writer.count) samples")
        }
        try await job.write(&source, to: &writer)
        try conclude(job, writer, source.name)
    }

    /// Gives the set its name where there is a sample in it, and says what came of the list.
    private func conclude(
        _ job: DatasetCreation, _ writer: consuming DatasetWriter, _ name: String
    ) throws {
        let (count, path, refused) = (writer.count, writer.output, job.position.refused)
        guard count > 0 else {
            writer.discard()
            StandardError.printLine(
                "Error: none of the samples in \(name) could be taken; nothing was written")
            throw ExitCode.failure
        }
        try writer.finish()
        let repeated = try reportRepetitions(in: path, to: job.problems)
        try job.problems.close()
        if refused + repeated > 0 { StandardError.printLine("listed in \(job.problems.path)") }
        let failures =
            (refused == 0 ? "" : ", \(refused) could not be taken")
            + (repeated == 0 ? "" : ", \(repeated) with another's image")
        try StandardOutput.printLine("\(path): \(count) \(count == 1 ? "sample" : "samples")\(failures)")
        if refused > 0 { throw ExitCode.failure }
    }

    /// Lists the samples that have an earlier one's image; returns their number.
    private func reportRepetitions(in path: String, to file: ProblemFile) throws -> Int {
        let dataset = try LMDBDataset(path, isChecked: false)
        let problems = try repetitions(in: dataset)
        for problem in problems {
            try file.append(place: problem.key, kind: problem.kind.rawValue, detail: problem.detail)
        }
        return problems.count
    }
}

extension CreationPosition {
    /// Where the interrupted run stood that left `writer` its note; the beginning where there is none.
    fileprivate static func resumed(
        _ writer: borrowing DatasetWriter, _ source: SampleSource, _ transcoding: TranscodingOptions
    ) throws -> CreationPosition {
        let fingerprint = source.fingerprint(with: transcoding)
        guard writer.count > 0 || writer.resumedNote != nil else {
            return CreationPosition(source: fingerprint)
        }
        let note = writer.resumedNote.flatMap {
            try? JSONDecoder().decode(CreationPosition.self, from: Data($0.utf8))
        }
        guard let note, note.source == fingerprint else {
            throw CommandError(
                "\(writer.output)\(DatasetWriter.unfinishedEnding) was begun from other images or texts, or with other "
                    + "options, and cannot be gone on with: give the same command, move it away, or start afresh "
                    + "with --force")
        }
        return note
    }
}
