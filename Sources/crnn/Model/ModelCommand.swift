import ArgumentParser

/// `crnn model`: the commands for trained models.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Inspect, convert and quantize trained models.",
        subcommands: [ModelInspect.self, ModelConvert.self, ModelQuantize.self])
}
