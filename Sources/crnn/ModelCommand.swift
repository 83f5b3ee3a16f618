import ArgumentParser

/// `crnn model`: what concerns trained models alone.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Make trained models smaller.",
        subcommands: [ModelConvert.self])
}
