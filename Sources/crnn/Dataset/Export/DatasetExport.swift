import ArgumentParser
import CommandSupport
import Datasets
import Files
import Foundation
import Imaging

/// `crnn dataset export`: writes a data set as files.
struct DatasetExport: ParsableCommand {
    /// The format of the texts.
    enum Texts: String, ExpressibleByArgument, CaseIterable {
        case tsv, jsonl, pairs
    }

    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a data set as image files and their texts.",
        discussion: """
            Images keep their bytes and are named by sample number: OUTPUT/images/000000042.png. The format of the \
            texts is one of

                tsv    OUTPUT/labels.tsv: path TAB text
                jsonl  OUTPUT/labels.jsonl: {"file_name": path, "text": text}, with
                       lexicon if there is one
                pairs  000000042.gt.txt next to 000000042.png

            `crnn dataset create --images OUTPUT` builds the same data set again; with pairs, add --pairs. The \
            formats tsv and pairs cannot hold a text that is empty or contains a tab or a line break: such samples \
            are reported, the others are written, and the exit code is 1. OUTPUT must not exist, or be empty.

            Example:

                crnn dataset export data/words --output words
            """)

    @Argument(help: "The data set.")
    var path: String

    @Option(help: ArgumentHelp("The folder to create.", valueName: "folder"))
    var output: String

    @Option(help: "The format of the texts: tsv, jsonl or pairs.")
    var texts: Texts = .tsv

    func run() throws {
        try requireApart(output, from: [path])
        let dataset = try crnn.dataset(path)
        let folder = try ExportFolder(output, texts)
        var progress = ProgressLine(total: dataset.count, label: "exporting")
        var failures = 0
        for index in 0..<dataset.count {
            do {
                try folder.write(dataset[index], number: index + 1, lexicon: try dataset.lexicon(index))
            } catch let error as Unwritable {
                failures += 1
                progress.printLine("\(dataset.name(index)): \(error.reason)")
            } catch let error as DatasetError {
                failures += 1
                progress.printLine("\(error)")
            }
            progress.update(completed: index + 1)
        }
        progress.finish()
        try folder.finish()
        try StandardOutput.printLine(
            "\(output): \(dataset.count - failures) samples"
                + (failures > 0 ? ", \(failures) could not be written" : ""))
        if failures > 0 { throw ExitCode.failure }
    }
}
