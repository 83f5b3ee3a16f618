import ArgumentParser

@main
struct Command: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crnn",
        abstract: "Train and run text recognisers: a CRNN from an LMDB data set to a line of text.",
        version: "0.1.0",
        subcommands: [
            TrainCommand.self, PredictCommand.self, EvaluateCommand.self, DatasetCommand.self,
            ModelCommand.self, BenchmarkCommand.self,
        ])
}
