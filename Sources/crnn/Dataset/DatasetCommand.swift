import ArgumentParser

/// `crnn dataset`: the commands for data sets.
struct DatasetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataset",
        abstract: "Build, check, inspect, split, merge and export LMDB data sets.",
        subcommands: [
            DatasetCreate.self, DatasetVerify.self, DatasetInspect.self, DatasetExport.self,
            DatasetMerge.self, DatasetSplit.self, DatasetShard.self, DatasetSample.self,
            DatasetSynthesize.self,
        ])
}
