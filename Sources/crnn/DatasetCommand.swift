import ArgumentParser

/// `crnn dataset`: what concerns data sets alone.
struct DatasetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataset",
        abstract: "Build LMDB data sets from images and texts or made ones, check them, and take them apart.",
        subcommands: [
            DatasetCreate.self, DatasetVerify.self, DatasetInspect.self, DatasetExport.self,
            DatasetMerge.self, DatasetSplit.self, DatasetShard.self, DatasetSample.self,
            DatasetSynthesize.self,
        ])
}
