import ArgumentParser

/// `crnn dataset`: what concerns data sets alone.
struct DatasetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataset",
        abstract: "Build LMDB data sets from images and texts, and look into them.",
        subcommands: [DatasetCreate.self, DatasetInspect.self, DatasetSynthesize.self])
}
