import ArgumentParser

/// The `crnn` executable.
@main
struct Command: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crnn",
        abstract: "Train, evaluate and run CRNN models that read lines of text in images.",
        version: "0.1.0",
        subcommands: [
            TrainCommand.self, PredictCommand.self, EvaluateCommand.self, DatasetCommand.self,
            ModelCommand.self, BenchmarkCommand.self,
        ])
}
