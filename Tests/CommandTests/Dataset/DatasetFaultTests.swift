import Datasets
import Foundation
import TestSupport
import Testing

/// The arguments that build a data set from a folder of material.
private func arguments(_ folder: TemporaryFolder, output: String) -> [String] {
    let path = folder.url.path(percentEncoded: false)
    return [
        "dataset", "create", "--images", path, "--labels", folder.path("labels.tsv"), "--output", output,
        "--force",
    ]
}

/// Ten noisy images of about 16 kB; `lines` lines refer to them in turn.
private func largeMaterial(lines: Int) throws -> TemporaryFolder {
    try material(10, width: 1000, labels: (0..<lines).map { "\($0 % 10).png\ttext \($0)\n" }.joined())
}

/// Expects that every sample of the data set at `path` is complete, even if samples are missing, and returns their number.
private func completeSamples(_ path: String) throws -> Int {
    let dataset = try LMDBDataset(path)
    let summary = DatasetSummary(of: dataset)
    #expect(summary.readable == summary.samples)
    #expect(summary.problems == (dataset.interruption.map { ["\(path) \($0)"] } ?? []))
    return summary.samples
}

private func fileSize(_ path: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.size] as? Int ?? 0
}

@Test(arguments: [1_000_000, 4_000_000, 12_000_000])
func killedRunsLeaveCompleteSamplesUnderTheUnfinishedName(bytes: Int) throws {
    let folder = try largeMaterial(lines: 20_000)
    let unfinished = folder.path("set.unfinished")
    let process = try CommandRun.start(arguments(folder, output: folder.path("set")))
    while process.isRunning, fileSize(unfinished + "/data.mdb") < bytes { usleep(200) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(!FileManager.default.fileExists(atPath: folder.path("set")))
    let samples = try completeSamples(unfinished)
    if bytes > 10_000_000 { #expect(samples > 0) }
}

@Test(.enabled(if: SmallDisk.isPossible, "needs root, to mount a small disk"))
func aFullDiskEndsInAMessageAndKeepsWhatWasCommitted() throws {
    let disk = try SmallDisk(megabytes: 12)
    let folder = try largeMaterial(lines: 2000)
    let outcome = try run(arguments(folder, output: disk.path("set")))
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("cannot write \(disk.path("set.unfinished")): the disk is full"))
    #expect(try completeSamples(disk.path("set.unfinished")) > 0)
    #expect(try run(arguments(folder, output: disk.path("other"))).status == 1)
}

@Test(.enabled(if: SmallDisk.isPossible, "needs root, to mount a small disk"))
func readOnlyDisksAreRead() throws {
    let disk = try SmallDisk(megabytes: 12)
    let folder = try material(3, labels: "0.png\ta\n1.png\tb\n2.png\tc\n")
    #expect(try run(arguments(folder, output: disk.path("set"))).status == 0)
    try FileManager.default.removeItem(atPath: disk.path("set/lock.mdb"))
    try disk.makeReadOnly()
    #expect(try completeSamples(disk.path("set")) == 3)
    let outcome = try run(arguments(folder, output: disk.path("set")))
    #expect(outcome.status == 1 && outcome.errors.contains("Read-only file system"))
}

@Test func foldersWithoutWritePermissionAreRead() throws {
    let folder = try material(3, labels: "0.png\ta\n1.png\tb\n2.png\tc\n")
    #expect(try run(arguments(folder, output: folder.path("set"))).status == 0)
    let files = FileManager.default
    try files.removeItem(atPath: folder.path("set/lock.mdb"))
    try files.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder.path("set/data.mdb"))
    try files.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path("set"))
    defer { try? files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path("set")) }
    let outcome = try runWithoutPrivileges("dataset", "inspect", folder.path("set"))
    #expect(outcome.status == 0 && outcome.output.contains("samples       3"), "\(outcome.errors)")
    #expect(!files.fileExists(atPath: folder.path("set/lock.mdb")))
}

@Test func truncatedDataIsRefusedWithoutACrash() throws {
    let folder = try material(5, width: 300, labels: (0..<5).map { "\($0).png\ttext\n" }.joined())
    #expect(try run(arguments(folder, output: folder.path("set"))).status == 0)
    let file = URL(filePath: folder.path("set/data.mdb"))
    let whole = try Data(contentsOf: file)
    for length in [0, 100, 4096, 8192, 8193, whole.count / 2, whole.count - 1] {
        try whole.prefix(length).write(to: file)
        let outcome = try run("dataset", "inspect", folder.path("set"))
        #expect(outcome.status == 1 && outcome.errors.contains("Error: cannot open"), "\(length) bytes")
    }
}

@Test func resultsThatCannotBePrintedAreAnError() throws {
    let folder = try material(1, labels: "0.png\ta\n")
    let set = folder.path("set")
    for command in [
        arguments(folder, output: set), ["dataset", "inspect", set],
        ["dataset", "inspect", set, "--format", "json"],
    ] {
        let outcome = try run(command, outputTo: "/dev/full")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("standard output: cannot be written (No space left on device)"))
    }
    #expect(try completeSamples(set) == 1)
}

/// The time limit ends a test that waits for a pipe without a writer.
@Test(.timeLimit(.minutes(15))) func onlyRegularFilesOfPlausibleSizeAreAdded() throws {
    let folder = try material(1, labels: "pipe\ta\n.\tb\nhuge\tc\n0.png\td\n")
    _ = try folder.pipe("pipe")
    #expect(FileManager.default.createFile(atPath: folder.path("huge"), contents: nil))
    try FileHandle(forWritingTo: URL(filePath: folder.path("huge"))).truncate(atOffset: 1 << 28)
    let outcome = try run(arguments(folder, output: folder.path("set")))
    let list = folder.path("labels.tsv")
    #expect(outcome.status == 1 && outcome.output.hasSuffix(": 1 sample, 3 could not be added\n"))
    #expect(outcome.errors.contains("\(list):1: pipe: a folder or device; give an image file\n"))
    #expect(outcome.errors.contains("\(list):2: .: a folder or device; give an image file\n"))
    #expect(outcome.errors.contains("\(list):3: huge: too large for an image: 268435456 bytes or more\n"))
}
