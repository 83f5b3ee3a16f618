import Files
import Foundation
import TestSupport
import Testing

private struct Interruption: Error {}

/// The names in a folder, including hidden ones.
private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

private func names(in folder: TemporaryFolder) throws -> [String] { try names(in: folder.path("")) }

private func content(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

@Test func piecesAreWrittenOneAfterTheOther() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write(to: folder.path("file")) { write in
        try write(Data("one ".utf8))
        try write(Data())
        try write(Data("two".utf8))
    }
    #expect(try content(folder.path("file")) == Data("one two".utf8))
    #expect(try names(in: folder) == ["file"])
}

@Test func anExistingFileIsReplaced() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write(Data(count: 1000), to: folder.path("file"))
    try AtomicFile.write(Data([1]), to: folder.path("file"))
    #expect(try content(folder.path("file")) == Data([1]))
}

@Test func aFailureOnTheWayLeavesTheOldContent() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write(Data("old".utf8), to: folder.path("file"))
    #expect(throws: Interruption.self) {
        try AtomicFile.write(to: folder.path("file")) { write in
            try write(Data("new".utf8))
            #expect(try content(folder.path("file")) == Data("old".utf8))
            throw Interruption()
        }
    }
    #expect(try content(folder.path("file")) == Data("old".utf8))
    #expect(try names(in: folder) == ["file"])
}

@Test func whatAKilledProcessLeftIsReplaced() throws {
    let folder = try TemporaryFolder()
    try Data(count: 5000).write(to: URL(filePath: folder.path(".file.partial")))
    try AtomicFile.write(Data([7]), to: folder.path("file"))
    #expect(try content(folder.path("file")) == Data([7]))
    #expect(try names(in: folder) == ["file"])
}

@Test func foldersThatAreMissingOrInTheWayAreNamed() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path("folder"), withIntermediateDirectories: true)
    try Data([1]).write(to: URL(filePath: folder.path("file")))
    for (name, words) in [
        ("nowhere/file", "No such file or directory); check the path"),
        ("folder", "Is a directory); give the path of a file"),
        ("file/inside", "Not a directory); a file is where a folder should be; choose another path"),
    ] {
        let error = #expect(throws: FileError.self) { try AtomicFile.write(Data([1]), to: folder.path(name)) }
        #expect(error?.description == "\(folder.path(name)): cannot be written (\(words)")
    }
    #expect(try names(in: folder) == ["file", "folder"])
}

@Test func aFolderThatCannotBeWrittenIsNamed() throws {
    let error = #expect(throws: FileError.self) { try AtomicFile.write(Data([1]), to: "/proc/self/file") }
    #expect(error?.description.hasPrefix("/proc/self/file: cannot be written (") == true)
}

@Test(.enabled(if: SmallDisk.isPossible, "only root can mount a small disk"))
func aFullDiskLeavesTheOldContent() throws {
    let disk = try SmallDisk(megabytes: 1)
    let path = disk.path("file")
    try AtomicFile.write(Data("old".utf8), to: path)
    let error = #expect(throws: FileError.self) { try AtomicFile.write(Data(count: 1 << 21), to: path) }
    #expect(
        error?.description
            == "\(path): cannot be written (No space left on device); free some space or choose another folder"
    )
    #expect(try content(path) == Data("old".utf8))
    #expect(try names(in: disk.path("")) == ["file"])
}

@Test(arguments: [true, false]) func linksAreFollowed(isThere: Bool) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path("real"), withIntermediateDirectories: true)
    if isThere { try Data([1]).write(to: URL(filePath: folder.path("real/file"))) }
    try folder.link("real/second", to: "file")
    let link = try folder.link("first", to: "real/second")
    try AtomicFile.write(Data([7]), to: link)
    #expect(try content(folder.path("real/file")) == Data([7]))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real/second")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("real")).count == 2)
}

@Test func linksInACircleAreAnError() throws {
    let folder = try TemporaryFolder()
    try folder.link("a", to: "b")
    try folder.link("b", to: "a")
    let error = #expect(throws: FileError.self) { try AtomicFile.write(Data([1]), to: folder.path("a")) }
    #expect(error?.code == .ELOOP)
}

@Test func pipesAreWrittenStraightTo() throws {
    let folder = try TemporaryFolder()
    let path = try folder.pipe("pipe")
    let reader = FileHandle(fileDescriptor: open(path, O_RDONLY | O_NONBLOCK), closeOnDealloc: true)
    try AtomicFile.write(Data("piece".utf8), to: path)
    #expect(try reader.readToEnd() == Data("piece".utf8))
    #expect(try names(in: folder) == ["pipe"])
}

@Test func twoWritersOfOneFileNeverMix() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("file")
    try AtomicFile.write(to: path) { write in
        try write(Data("first".utf8))
        let error = #expect(throws: FileError.self) { try AtomicFile.write(Data("second".utf8), to: path) }
        #expect(
            error?.reason.hasPrefix("is being written by process \(getpid()) on ") == true, "\(error as Any)")
    }
    #expect(try content(path) == Data("first".utf8))
    #expect(try names(in: folder) == ["file"])
}
