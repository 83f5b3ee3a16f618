import ArgumentParser
import Datasets
import Files
import Tensors

/// `crnn dataset split`: one data set in parts to learn from, to validate on and to test on.
struct DatasetSplit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "split",
        abstract: "Divide a data set at random into parts to learn from, to validate on and to test on.",
        discussion: """
            Makes OUTPUT/training, OUTPUT/validation and, with --test, OUTPUT/test. Every symbol of the labels stays \
            in the training part: samples that alone show a symbol are not held back. The same seed gives the same \
            parts.

            Example:

                crnn dataset split data/words --output data/parts --validation 0.1 --test 0.1
            """)

    @Argument(help: "The data set.")
    var path: String

    @Option(help: ArgumentHelp("The folder in which the parts are made.", valueName: "folder"))
    var output: String

    @Option(help: ArgumentHelp("The share of samples to validate on.", valueName: "share"))
    var validation = 0.1

    @Option(help: ArgumentHelp("The share of samples to test on.", valueName: "share"))
    var test = 0.0

    @Option(help: ArgumentHelp("Decides which samples go where.", valueName: "number"))
    var seed: UInt64 = 1

    @Flag(help: "Replace data sets that are there already.")
    var force = false

    func validate() throws {
        guard validation >= 0, test >= 0, validation + test > 0, validation + test < 1 else {
            throw ValidationError(
                "--validation and --test are shares: not negative, together above 0 and below 1")
        }
    }

    func run() throws {
        let dataset = try LMDBDataset(path)
        var generator = SeededGenerator(seed: seed)
        let split = try StratifiedSplit(of: dataset, holdingBack: [validation, test], using: &generator)
        var copy = DatasetCopy("splitting", total: dataset.count)
        let parts =
            [("training", split.training, 1.0)]
            + [("validation", split.heldBack[0], validation), ("test", split.heldBack[1], test)]
        for (name, indices, share) in parts where share > 0 {
            try copy.write(indices, of: dataset, to: "\(output)/\(name)", replacing: force)
            let wanted = Int((share * Double(dataset.count)).rounded())
            if name != "training", indices.count < wanted {
                StandardError.printLine(
                    "\(name): \(wanted) samples were asked for; more would take symbols from the training part"
                )
            }
        }
        copy.end()
    }
}
