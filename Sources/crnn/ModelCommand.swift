import ArgumentParser

/// `crnn model`: what concerns trained models alone.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Look into trained models, and make them smaller or faster.",
        subcommands: [ModelInspect.self, ModelConvert.self, ModelQuantize.self])
}
