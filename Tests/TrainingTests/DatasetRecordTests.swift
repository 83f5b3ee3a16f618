import Datasets
import Foundation
import LMDB
import Recognition
import Tensors
import TestSupport
import Testing
import Training

/// Replaces the last sample's label of the set at `path`; its checksum changes with it.
private func relabel(_ path: String, to label: String) throws {
    let old = try LMDBDataset(path)
    var writer = try DatasetWriter(path, replacing: true)
    for index in 0..<old.count - 1 { try writer.append(index, of: old) }
    try writer.append(image: old[old.count - 1].bytes, label: label)
    try writer.finish()
}

/// Removes a key from the LMDB at `path`.
private func remove(_ key: String, from path: String) throws {
    var batch = WriteBatch()
    batch.remove(key)
    var writer = try Writer(writing: path)
    try writer.commit(batch)
}

@Test func checkpointsRecordTheDataOfTheirTraining() throws {
    let tiny = try TinyRun()
    var configuration = tiny.configuration(steps: 2)
    try FileManager.default.copyItem(atPath: tiny.folder.path("data"), toPath: tiny.folder.path("held"))
    configuration.validationPaths = [tiny.folder.path("held")]
    var trainer = try tiny.trainer(configuration, "run")
    _ = try trainer.train { _ in }
    let checksum = try LMDBDataset(tiny.folder.path("data")).checksum
    for path in [tiny.run("run").best, tiny.run("run").last] {
        let sets = try Checkpoint(reading: path, on: ReferenceDevice()).datasetRecords
        #expect(sets.map(\.name) == ["data", "held"] && sets.map(\.purpose) == [.training, .validation])
        #expect(sets.allSatisfy { $0.samples == 12 && $0.checksum == checksum })
    }
}

@Test func runsResumeOnlyWithTheDataTheyWereStartedWith() throws {
    let tiny = try TinyRun()
    _ = try tiny.trainer(tiny.configuration(steps: 2), "run")
    _ = try Trainer(resuming: tiny.run("run"), on: tiny.device)
    try relabel(tiny.folder.path("data"), to: "b")
    let error = #expect(throws: TrainingError.self) {
        try Trainer(resuming: tiny.run("run"), on: tiny.device)
    }
    #expect(error?.description.contains("checksum of data has changed") == true)
    try remove("crnn-checksum", from: tiny.folder.path("data"))
    _ = try Trainer(resuming: tiny.run("run"), on: tiny.device)
}

@Test func runsWithoutRecordsOfTheirDataResume() throws {
    let tiny = try TinyRun()
    _ = try tiny.trainer(tiny.configuration(steps: 2), "run")
    let last = tiny.run("run").last
    var checkpoint = try Checkpoint(reading: last, on: ReferenceDevice())
    checkpoint.notes["data"] = nil
    try checkpoint.write(to: last)
    #expect(checkpoint.datasetRecords.isEmpty)
    _ = try Trainer(resuming: tiny.run("run"), on: tiny.device)
}
