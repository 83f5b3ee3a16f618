import ArgumentParser
import Datasets

/// `crnn dataset merge`: several data sets as one.
struct DatasetMerge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Write the samples of several data sets into one.",
        discussion: """
            A PATH is a data set, or a folder that is searched for data sets; of several paths to one set the first \
            counts. Samples keep their order, their bytes and their lexicons. A single set is copied, and gets its \
            checksum if it has none.

            Example:

                crnn dataset merge data/iiit5k data/svt --output data/all
            """)

    @Argument(help: "Data sets, or folders that hold some.")
    var paths: [String]

    @Option(help: ArgumentHelp("The folder to make.", valueName: "folder"))
    var output: String

    @Flag(help: "Replace a data set that is there already.")
    var force = false

    func run() throws {
        let datasets = try findDatasets(in: paths, except: [output]).map { try LMDBDataset($0) }
        guard !datasets.isEmpty else { throw ValidationError("there is no other set than the output itself") }
        var copy = DatasetCopy("merging", total: datasets.reduce(0) { $0 + $1.count })
        try copy.write(datasets, to: output, replacing: force)
        copy.end()
    }
}
