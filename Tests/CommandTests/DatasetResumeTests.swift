import Datasets
import Foundation
import TestSupport
import Testing

/// Eight hundred lines that name ten small pictures of 30 kB in turn; every fiftieth names none.
private func largeMaterial() throws -> TemporaryFolder {
    let lines = (0..<800).map { $0 % 50 == 49 ? "missing \($0).png\tx\n" : "\($0 % 10).png\ttext \($0)\n" }
    let folder = try material(10, labels: lines.joined())
    for number in 0..<10 {
        // Decoders stop at a PNG's end: what follows costs nothing to decode, and fills the set.
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

/// What a finished set and its list of problems hold.
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

/// The size of a set's file in bytes; 0 where there is none.
private func size(_ folder: TemporaryFolder, _ name: String) -> Int {
    let file = try? FileManager.default.attributesOfItem(atPath: folder.path(name + "/data.mdb"))
    return file?[.size] as? Int ?? 0
}

/// Starts a creation, kills it once the moment has come, and says whether it was still at work.
private func isKilled(_ folder: TemporaryFolder, _ name: String, once isTime: () -> Bool) throws -> Bool {
    let process = try CommandRun.start(arguments(folder, output: name))
    while process.isRunning && !isTime() { usleep(1000) }
    usleep(UInt32.random(in: 0...20_000))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal
}

@Test func aCreationThatIsKilledAtRandomMomentsGivesTheSameSet() throws {
    let folder = try largeMaterial()
    #expect(try run(arguments(folder, output: "whole")).status == 1)
    let whole = try Result(folder, "whole")
    #expect(whole.labels.count == 784 && whole.keys == 2 * 784 + 2)
    var (kills, resumed) = (0, 0)
    for attempt in 0..<20 {
        let name = "set-\(attempt)"
        for _ in 0..<3 where !FileManager.default.fileExists(atPath: folder.path(name)) {
            let moment = Int.random(in: 0...size(folder, "whole") * 9 / 10)
            if try isKilled(folder, name, once: { size(folder, name + ".unfinished") >= moment }) {
                kills += 1
            }
        }
        if !FileManager.default.fileExists(atPath: folder.path(name)) {
            let outcome = try run(arguments(folder, output: name))
            #expect(outcome.status == 1 && outcome.output.contains("784 samples, 16 could not be taken"))
            if outcome.errors.contains("going on after") { resumed += 1 }
            #expect(try Result(folder, name) == whole, "attempt \(attempt)")
        }
        #expect(try LMDBDataset(folder.path(name)).checksum == whole.checksum, "attempt \(attempt)")
        try FileManager.default.removeItem(atPath: folder.path(name))
    }
    #expect(kills >= 20 && resumed >= 5, "\(kills) kills, \(resumed) runs gone on with")
}

@Test func otherSourcesAreNotGoneOnWith() throws {
    let folder = try largeMaterial()
    while try !isKilled(folder, "set", once: { completed(folder) != nil }) {
        try? FileManager.default.removeItem(atPath: folder.path("set"))
    }
    let grey = try run(arguments(folder, output: "set", "--transcode", "png"))
    #expect(grey.status == 1 && grey.errors.contains("was begun from other images or texts"))
    let busy = try Data(contentsOf: URL(filePath: folder.path("labels.tsv")))
    try (busy + Data("0.png\tmore\n".utf8)).write(to: URL(filePath: folder.path("labels.tsv")))
    let changed = try run(arguments(folder, output: "set"))
    #expect(changed.status == 1 && changed.errors.contains("was begun from other images or texts"))
    let fresh = try run(arguments(folder, output: "set", "--force"))
    #expect(fresh.output.contains("785 samples") && !fresh.errors.contains("going on"))
}

/// The samples that an interrupted run has committed; nil where it came to nothing.
private func completed(_ folder: TemporaryFolder) -> Int? {
    let count = (try? LMDBDataset(folder.path("set.unfinished")))?.count ?? 0
    return count > 0 ? count : nil
}
