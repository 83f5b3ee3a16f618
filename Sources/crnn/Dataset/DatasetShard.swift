import ArgumentParser
import Datasets
import Files

/// `crnn dataset shard`: splits a data set into shards of equal size.
struct DatasetShard: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shard",
        abstract: "Split a data set into shards of equal size.",
        discussion: """
            Creates OUTPUT/shard-00001-of-00008 and so on; samples keep their order. `crnn dataset merge OUTPUT` \
            combines the shards again; `crnn train --lmdb OUTPUT` trains on all of them.

            Examples:

                crnn dataset shard data/words --shards 8 --output data/shards
                crnn dataset shard data/words --size 100000 --output data/shards
            """)

    @Argument(help: "The data set.")
    var path: String

    @Option(help: ArgumentHelp("The folder for the shards.", valueName: "folder"))
    var output: String

    @Option(help: ArgumentHelp("The number of shards.", valueName: "count"))
    var shards: Int?

    @Option(help: ArgumentHelp("The maximum number of samples per shard.", valueName: "count"))
    var size: Int?

    @Flag(help: "Replace existing data sets.")
    var force = false

    /// The maximum number of shards, which has five digits.
    private static let limit = 99_999

    func validate() throws {
        guard (shards == nil) != (size == nil) else {
            throw ValidationError("give exactly one of --shards and --size")
        }
        guard (shards ?? 1) >= 1, (size ?? 1) >= 1 else {
            throw ValidationError("--shards and --size must be at least 1")
        }
    }

    func run() throws {
        let dataset = try LMDBDataset(path)
        let count = shards ?? max(1, (dataset.count + (size ?? 1) - 1) / (size ?? 1))
        guard count <= min(max(1, dataset.count), Self.limit) else {
            throw ValidationError(
                "\(count) shards of \(dataset.count) samples are not possible; give a number from 1 to "
                    + "\(min(max(1, dataset.count), Self.limit))")
        }
        var copy = DatasetCopy("sharding", total: dataset.count)
        for shard in 0..<count {
            let range = (shard * dataset.count / count)..<((shard + 1) * dataset.count / count)
            let name = "shard-\((shard + 1).zeroPadded(to: 5))-of-\(count.zeroPadded(to: 5))"
            try copy.write(range, of: dataset, to: "\(output)/\(name)", replacing: force)
        }
        copy.end()
    }
}
