import ArgumentParser
import CommandSupport
import Datasets
import Files

/// `crnn dataset merge`: combines data sets.
struct DatasetMerge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Write the samples of several data sets into one.",
        discussion: """
            A PATH is a data set, or a folder that is searched for data sets. \(SearchRule.datasets)

            If several paths lead to one data set, \
            it is taken once, at the first path; a search leaves out the output itself. Samples keep their order, bytes \
            and lexicons. A single data set is copied, and gets a checksum if it has none.

            The data set is built as OUTPUT.unfinished and renamed at the end. The same command resumes an interrupted \
            run; --force starts over.

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
        for path in paths
        where FileStatus(at: path + "/data.mdb") != nil || FileStatus(at: path)?.kind == .regular {
            try requireApart(output, from: [path])
        }
        let found = try findDatasets(in: paths, except: [output])
        guard !found.isEmpty else { throw CommandError("there is no data set except the output itself") }
        try requireApart(output, from: found)
        let datasets = try found.map { try dataset($0) }
        var copy = DatasetCopy("merging", total: datasets.reduce(0) { $0 + $1.count })
        let source = try datasets.map { try $0.fingerprint() }.joined(separator: "\n")
        try copy.write(
            datasets.map { .init($0) }, to: output, replacing: force, source: "merge \(source)")
        copy.end()
        try DatasetCopy.printResult(output)
    }
}
