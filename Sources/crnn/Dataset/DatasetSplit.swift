import ArgumentParser
import CommandSupport
import Datasets
import Files

/// `crnn dataset split`: splits a data set into training, validation and test sets.
struct DatasetSplit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "split",
        abstract: "Split a data set at random into training, validation and test sets.",
        discussion: """
            Creates OUTPUT/training, OUTPUT/validation and, with --test, OUTPUT/test. A sample that \
            alone contains some symbol always stays in the training set, so that this set covers all symbols. The \
            same seed gives the same split.

            Example:

                crnn dataset split data/words --output parts --validation 0.1 --test 0.1
            """)

    @Argument(help: "The data set.")
    var path: String

    @Option(help: ArgumentHelp("The folder for the parts.", valueName: "folder"))
    var output: String

    @Option(help: ArgumentHelp("The fraction of samples in the validation set.", valueName: "fraction"))
    var validation = 0.1

    @Option(help: ArgumentHelp("The fraction of samples in the test set.", valueName: "fraction"))
    var test = 0.0

    @Option(help: ArgumentHelp("The seed of the random split.", valueName: "number"))
    var seed: UInt64 = 1

    @Flag(help: "Replace existing data sets.")
    var force = false

    func validate() throws {
        guard validation >= 0, test >= 0, validation + test > 0, validation + test < 1 else {
            throw ValidationError(
                "--validation and --test must be fractions from 0, with a sum above 0 and below 1")
        }
    }

    func run() throws {
        let dataset = try LMDBDataset(path)
        var generator = SeededGenerator(seed: seed)
        let split = try StratifiedSplit(of: dataset, holdingOut: [validation, test], using: &generator)
        var copy = DatasetCopy("splitting", total: dataset.count)
        let parts =
            [("training", split.training, 1.0)]
            + [("validation", split.heldOut[0], validation), ("test", split.heldOut[1], test)]
        for (name, indices, fraction) in parts where fraction > 0 {
            try copy.write(indices, of: dataset, to: "\(output)/\(name)", replacing: force)
            let wanted = Int((fraction * Double(dataset.count)).rounded())
            if name != "training", indices.count < wanted {
                StandardError.printLine(
                    "\(name): \(indices.count) instead of \(wanted) samples, so that the training set keeps every symbol"
                )
            }
        }
        copy.end()
    }
}
