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
            alone contains some symbol always stays in the training set, so that this set covers all symbols. Samples \
            with the same image always stay together. The same seed gives the same split.

            The parts are built in OUTPUT/parts.unfinished and moved when all are finished. The same command resumes \
            an interrupted run; --force starts over.

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
        let dataset = try crnn.dataset(path)
        let parts = try self.parts(of: dataset)
        try parts.checkOutput(
            without: ["training", "validation", "test"].filter { !parts.names.contains($0) })
        var heldOut: [String: Int] = [:]
        try parts.write("splitting") {
            var generator = SeededGenerator(seed: seed)
            let split = try StratifiedSplit(of: dataset, holdingOut: [validation, test], using: &generator)
            let selections = [
                "training": split.training, "validation": split.heldOut[0], "test": split.heldOut[1],
            ]
            heldOut = selections.mapValues(\.count)
            return parts.names.compactMap { selections[$0] }
        }
        for (name, fraction) in [("validation", validation), ("test", test)] {
            let wanted = Int((fraction * Double(dataset.count)).rounded())
            if let count = heldOut[name], count < wanted {
                StandardError.printLine(
                    "\(name): \(count) instead of \(wanted) samples, so that the training set keeps every symbol, "
                        + "and copies of an image stay together")
            }
        }
    }

    private func parts(of dataset: LMDBDataset) throws -> DatasetParts {
        DatasetParts(
            dataset: dataset, output: output,
            names: ["training"] + (validation > 0 ? ["validation"] : []) + (test > 0 ? ["test"] : []),
            source: "split \(validation) \(test) \(seed) \(try dataset.fingerprint())", isReplacing: force)
    }
}
