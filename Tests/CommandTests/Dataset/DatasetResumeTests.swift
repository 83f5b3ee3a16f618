import Datasets
import Files
import Foundation
import TestSupport
import Testing

/// Eight hundred lines that refer to ten images of 30 kB in turn; every fiftieth refers to a missing file.
private func largeMaterial() throws -> TemporaryFolder {
    let lines = (0..<800).map { $0 % 50 == 49 ? "missing \($0).png\tx\n" : "\($0 % 10).png\ttext \($0)\n" }
    let folder = try material(10, labels: lines.joined())
    for number in 0..<10 {
        // Decoders stop at the end of a PNG: the bytes after it cost nothing to decode, and fill the data set.
        let file = try FileHandle(forWritingTo: URL(filePath: folder.path("\(number).png")))
        try file.seekToEnd()
        try file.write(contentsOf: Data(repeating: UInt8(number), count: 30_000))
        try file.close()
    }
    return folder
}

private func arguments(_ folder: TemporaryFolder, output: String, _ more: String...) -> [String] {
    [
        "dataset", "create", "--images", folder.url.path(percentEncoded: false), "--output",
        folder.path(output),
    ] + more
}

/// The contents of a finished data set and of its list of problems.
private struct Result: Equatable {
    let labels: [String]
    let checksum: DatasetChecksum?
    let problems: Data
    let keys: Int

    init(_ folder: TemporaryFolder, _ name: String) throws {
        let dataset = try LMDBDataset(folder.path(name))
        labels = try (0..<dataset.count).map { try dataset.label($0) }
        (checksum, keys) = (dataset.checksum, dataset.keyCount)
        problems = try Data(contentsOf: URL(filePath: folder.path(name + ".problems.tsv")))
    }
}

/// The size of the file of a data set in bytes; 0 if there is none.
private func size(_ folder: TemporaryFolder, _ name: String) -> Int {
    let file = try? FileManager.default.attributesOfItem(atPath: folder.path(name + "/data.mdb"))
    return file?[.size] as? Int ?? 0
}

/// Starts `dataset create`, kills it `delay` microseconds after `isTime` returns true, and returns whether it was
/// still running.
private func isKilled(
    _ folder: TemporaryFolder, _ name: String, delay: UInt32 = 0, once isTime: () -> Bool
) throws -> Bool {
    let process = try CommandRun.start(arguments(folder, output: name))
    while process.isRunning && !isTime() { usleep(1000) }
    usleep(delay)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal
}

@Test(arguments: [1] as [UInt64])
func aCreationThatIsKilledAtRandomMomentsGivesTheSameSet(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let folder = try largeMaterial()
    #expect(try run(arguments(folder, output: "whole")).status == 1)
    let whole = try Result(folder, "whole")
    #expect(whole.labels.count == 784 && whole.keys == 2 * 784 + 2)
    var (kills, resumed) = (0, 0)
    for attempt in 0..<20 {
        let name = "set-\(attempt)"
        for _ in 0..<3 where !FileManager.default.fileExists(atPath: folder.path(name)) {
            let moment = Int.random(in: 0...size(folder, "whole") * 9 / 10, using: &generator)
            let delay = UInt32.random(in: 0...20_000, using: &generator)
            if try isKilled(
                folder, name, delay: delay, once: { size(folder, name + ".unfinished") >= moment })
            {
                kills += 1
            }
        }
        if !FileManager.default.fileExists(atPath: folder.path(name)) {
            let outcome = try run(arguments(folder, output: name))
            #expect(outcome.status == 1 && outcome.output.contains("784 samples, 16 could not be added"))
            if outcome.errors.contains("resuming after") { resumed += 1 }
            #expect(try Result(folder, name) == whole, "attempt \(attempt)")
        }
        #expect(try LMDBDataset(folder.path(name)).checksum == whole.checksum, "attempt \(attempt)")
        try FileManager.default.removeItem(atPath: folder.path(name))
    }
    #expect(kills >= 20 && resumed >= 5, "\(kills) kills, \(resumed) runs resumed")
}

@Test func aRunFromOtherSourcesIsNotResumed() throws {
    let folder = try largeMaterial()
    while try !isKilled(folder, "set", once: { completed(folder) != nil }) {
        try? FileManager.default.removeItem(atPath: folder.path("set"))
    }
    let grey = try run(arguments(folder, output: "set", "--transcode", "png"))
    #expect(grey.status == 1 && grey.errors.contains("was started from other images or texts"))
    let busy = try Data(contentsOf: URL(filePath: folder.path("labels.tsv")))
    try (busy + Data("0.png\tmore\n".utf8)).write(to: URL(filePath: folder.path("labels.tsv")))
    let changed = try run(arguments(folder, output: "set"))
    #expect(changed.status == 1 && changed.errors.contains("was started from other images or texts"))
    let fresh = try run(arguments(folder, output: "set", "--force"))
    #expect(fresh.output.contains("785 samples") && !fresh.errors.contains("resuming"))
}

/// The number of samples that an interrupted run has committed; nil if there are none.
private func completed(_ folder: TemporaryFolder) -> Int? {
    let count = (try? LMDBDataset(folder.path("set.unfinished")))?.count ?? 0
    return count > 0 ? count : nil
}
