import CommandSupport
import Datasets
import Files
import Training

/// Throws if the data set that is written at `output` would overwrite, contain or lie inside one of the data sets that
/// are read, by whatever path or link.
func requireApart(_ output: String, from datasets: [String]) throws(OutputOverlap) {
    for path in datasets {
        let isFolder = FileStatus(at: path)?.kind == .folder
        let name = "/data.mdb"
        do throws(OutputOverlap) {
            try OutputOverlap.check(file: output + name, against: [isFolder ? path + name : path])
            let folder = !isFolder && path.hasSuffix(name) ? String(path.dropLast(name.count)) : path
            try OutputOverlap.check(folder: output, against: [folder])
        } catch { throw OutputOverlap(output: output, input: path) }
    }
}

/// Throws if the file that is written at `output` is one of the files that are read: `files`, or those of the data sets.
func requireApart(file output: String, from files: [String?], datasets: [String] = []) throws(OutputOverlap) {
    let stored = datasets.flatMap { [$0, $0 + "/data.mdb", $0 + "/lock.mdb", $0 + "-lock"] }
    try OutputOverlap.check(file: output, against: files.compactMap { $0 } + stored)
}

/// Throws if the files of a run would overwrite one of `files`, or mix with those of a data set to which `paths` lead.
func requireApart(run: RunFolder, from files: [String?], datasets paths: [String]) throws {
    let sets = paths.isEmpty ? [] : try findDatasets(in: paths)
    for path in sets where FileLocation(run.path).isSame(as: FileLocation(path)) {
        throw OutputOverlap(output: run.path, input: path)
    }
    for file in [run.best, run.last, run.metrics, run.configuration] {
        try requireApart(file: file, from: files, datasets: sets)
    }
}

/// Throws if the folder `output` already has other parts, made of the same data set, that would remain next to the new
/// ones: training on the folder would use samples twice, and validate on what it learns.
func requireNoOtherParts(_ others: [String], in output: String, of dataset: LMDBDataset) throws {
    for name in others {
        let path = output + "/" + name
        guard FileStatus(at: path + "/data.mdb") != nil else { continue }
        let both = ConcatenatedDataset([dataset, try LMDBDataset(path)])
        guard let shared = SharedSamples.all(among: CopySearch(in: both), in: both).first else { continue }
        throw CommandError(
            "\(path) would remain next to the new parts and has \(shared.count) of the same samples; remove it, or choose "
                + "another --output")
    }
}
