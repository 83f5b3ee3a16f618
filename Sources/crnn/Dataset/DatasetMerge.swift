import ArgumentParser
import Datasets

/// `crnn dataset merge`: combines data sets.
struct DatasetMerge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Write the samples of several data sets into one.",
        discussion: """
            A PATH is a data set, or a folder that is searched for data sets. If several paths lead to one data set, \
            it is taken once, at the first path. Samples keep their order, bytes and lexicons. A single data set is \
            copied, and gets a checksum if it has none.

            Example:

                crnn dataset merge data/iiit5k data/svt --output data/all
            """)

    @Argument(help: "Data sets, or folders that contain data sets.")
    var paths: [String]

    @Option(help: ArgumentHelp("The data set to create.", valueName: "folder"))
    var output: String

    @Flag(help: "Replace an existing data set.")
    var force = false

    func run() throws {
        let datasets = try findDatasets(in: paths, except: [output]).map { try LMDBDataset($0) }
        guard !datasets.isEmpty else {
            throw ValidationError("there is no data set except the output itself")
        }
        var copy = DatasetCopy("merging", total: datasets.reduce(0) { $0 + $1.count })
        try copy.write(datasets, to: output, replacing: force)
        copy.end()
    }
}
