import CommandSupport
import Datasets

/// Opens the data set at `path`, and warns if it is unfinished, or if other tools would miss some of its samples.
func dataset(_ path: String) throws(DatasetError) -> LMDBDataset {
    let dataset = try LMDBDataset(path)
    for defect in dataset.keyDefects {
        StandardError.printLine(
            "warning: \(path): \(defect). All samples are used; `crnn dataset verify \(path) --fix COPY` renumbers them"
        )
    }
    if let interruption = dataset.interruption {
        StandardError.printLine("warning: \(path) \(interruption)")
    }
    return dataset
}

/// Opens the data sets that a search of `paths` found. Warns of LMDB environments of other kinds that are left out.
func datasets(_ found: [String], namedBy paths: [String]) throws(DatasetError) -> [LMDBDataset] {
    let opened = try OpenedDatasets(found, namedBy: paths, dataset)
    for error in opened.leftOut { StandardError.printLine("warning: \(error). It is left out") }
    return opened.datasets
}
