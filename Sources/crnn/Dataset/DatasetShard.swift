import ArgumentParser
import CommandSupport
import Datasets
import Files
import Foundation

/// `crnn dataset shard`: splits a data set into shards of equal size.
struct DatasetShard: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shard",
        abstract: "Split a data set into shards of equal size.",
        discussion: """
            Creates OUTPUT/shard-00001-of-00008 and so on; samples keep their order. `crnn dataset merge OUTPUT` \
            combines the shards again; `crnn train --lmdb OUTPUT` trains on all of them.

            The shards are built in OUTPUT/parts.unfinished and moved when all are finished. The same command resumes \
            an interrupted run; --force starts over.

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
        let dataset = try crnn.dataset(path)
        let count = shards ?? max(1, (dataset.count + (size ?? 1) - 1) / (size ?? 1))
        guard count <= min(max(1, dataset.count), Self.limit) else {
            throw CommandError(
                "\(count) shards of \(dataset.count) samples are not possible; give a number from 1 to "
                    + "\(min(max(1, dataset.count), Self.limit))")
        }
        let parts = DatasetParts(
            dataset: dataset, output: output, names: (1...count).map { Self.name($0, of: count) },
            source: "shard \(count) \(try dataset.fingerprint())", isReplacing: force)
        let names = Set(parts.names)
        let others = (try? FileManager.default.contentsOfDirectory(atPath: output)) ?? []
        try parts.checkOutput(
            without: others.filter { $0.hasPrefix("shard-") && !names.contains($0) }.sorted())
        try parts.write("sharding") {
            (0..<count).map { $0 * dataset.count / count..<($0 + 1) * dataset.count / count }
        }
    }

    private static func name(_ shard: Int, of count: Int) -> String {
        "shard-\(shard.zeroPadded(to: 5))-of-\(count.zeroPadded(to: 5))"
    }
}
