import ArgumentParser
import Datasets

/// `crnn dataset shard`: one data set in pieces of equal size.
struct DatasetShard: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shard",
        abstract: "Cut a data set into pieces.",
        discussion: """
            Makes OUTPUT/shard-00001-of-00008 and so on; samples keep their order. `crnn dataset merge OUTPUT` puts \
            them together again, and `crnn train --lmdb OUTPUT` takes them all.

            Examples:

                crnn dataset shard data/words --shards 8 --output data/shards
                crnn dataset shard data/words --size 100000 --output data/shards
            """)

    @Argument(help: "The data set.")
    var path: String

    @Option(help: ArgumentHelp("The folder in which the pieces are made.", valueName: "folder"))
    var output: String

    @Option(help: ArgumentHelp("How many pieces to make, of equal size.", valueName: "count"))
    var shards: Int?

    @Option(help: ArgumentHelp("How many samples a piece has at most.", valueName: "count"))
    var size: Int?

    @Flag(help: "Replace data sets that are there already.")
    var force = false

    /// The greatest number of pieces: as many as five digits name.
    private static let limit = 99_999

    func validate() throws {
        guard (shards == nil) != (size == nil) else { throw ValidationError("give --shards or --size") }
        guard (shards ?? 1) >= 1, (size ?? 1) >= 1 else {
            throw ValidationError("--shards and --size must be at least 1")
        }
    }

    func run() throws {
        let dataset = try LMDBDataset(path)
        let count = shards ?? max(1, (dataset.count + (size ?? 1) - 1) / (size ?? 1))
        guard count <= min(max(1, dataset.count), Self.limit) else {
            throw ValidationError(
                "\(count) pieces of \(dataset.count) samples: from 1 to \(min(max(1, dataset.count), Self.limit)) is "
                    + "possible")
        }
        var copy = DatasetCopy("cutting", total: dataset.count)
        for piece in 0..<count {
            let range = (piece * dataset.count / count)..<((piece + 1) * dataset.count / count)
            let name = "shard-\(padded(piece + 1))-of-\(padded(count))"
            try copy.write(range, of: dataset, to: "\(output)/\(name)", replacing: force)
        }
        copy.end()
    }

    private func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
}
