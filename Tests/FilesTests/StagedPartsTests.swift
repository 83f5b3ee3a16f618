import Files
import Foundation
import TestSupport
import Testing

private struct Kill: Error {}

private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

private func content(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

/// Builds two parts with one file each; stops before the part `last` if it is not nil. Returns the parts that were built.
@discardableResult
private func build(
    _ text: String, in folder: String, source: String = "s", replacing: Bool = false,
    before last: String? = nil
) throws -> [String] {
    let staged = try StagedParts(
        in: folder, names: ["a", "b"], of: ["file"], source: source, replacing: replacing)
    var built: [String] = []
    for name in ["a", "b"] where !staged.isFinished(name) {
        if name == last { throw Kill() }
        let part = try StagingDirectory(for: staged.path + "/" + name, of: ["file"], .resume)
        try StagedFile.write(Data(text.utf8), to: part.path + "/file")
        try part.finish()
        built.append(name)
    }
    try staged.finish()
    return built
}

@Test func partsGetTheirNamesTogether() throws {
    let folder = try TemporaryFolder()
    #expect(throws: Kill.self) { try build("1", in: folder.path("out"), before: "b") }
    #expect(try names(in: folder.path("out")) == ["parts.unfinished"])
    #expect(try build("2", in: folder.path("out")) == ["b"])
    #expect(try names(in: folder.path("out")) == ["a", "b"])
    #expect(try content(folder.path("out/a/file")) == "1" && content(folder.path("out/b/file")) == "2")
}

@Test func partsThatExistAreReplacedOnlyWhenTold() throws {
    let folder = try TemporaryFolder()
    try build("1", in: folder.path("out"))
    #expect(throws: StagingError.exists(folder.path("out/a"))) { try build("2", in: folder.path("out")) }
    #expect(throws: Kill.self) { try build("2", in: folder.path("out"), replacing: true, before: "b") }
    #expect(try content(folder.path("out/a/file")) == "1")
    #expect(try build("3", in: folder.path("out"), replacing: true) == ["a", "b"])
    #expect(try names(in: folder.path("out")) == ["a", "b"])
    #expect(try content(folder.path("out/a/file")) == "3" && content(folder.path("out/b/file")) == "3")
}

@Test func aRunWithAnotherSourceIsNotResumed() throws {
    let folder = try TemporaryFolder()
    #expect(throws: Kill.self) { try build("1", in: folder.path("out"), before: "b") }
    let staging = folder.path("out/parts.unfinished")
    #expect(throws: StagingError.otherSource(staging)) { try build("2", in: folder.path("out"), source: "t") }
    #expect(try build("2", in: folder.path("out"), source: "t", replacing: true) == ["a", "b"])
}

@Test func aRunThatWasKilledWhileItMovedPartsIsResumed() throws {
    let folder = try TemporaryFolder()
    #expect(throws: Kill.self) { try build("1", in: folder.path("out"), before: "b") }
    let staging = folder.path("out/parts.unfinished")
    try FileManager.default.copyItem(atPath: staging + "/a", toPath: staging + "/b")
    try StagedFile.write(Data(), to: staging + "/moving")
    try FileManager.default.moveItem(atPath: staging + "/a", toPath: folder.path("out/a"))
    #expect(try build("2", in: folder.path("out")) == [])
    #expect(try names(in: folder.path("out")) == ["a", "b"])
    #expect(try content(folder.path("out/a/file")) == "1" && content(folder.path("out/b/file")) == "1")
}

@Test func otherContentOfAPartIsNeverRemoved() throws {
    let folder = try TemporaryFolder()
    try build("1", in: folder.path("out"))
    try StagedFile.write(Data(), to: folder.path("out/b/notes"))
    #expect(throws: StagingError.notReplaceable(path: folder.path("out/b"), content: "notes")) {
        try build("2", in: folder.path("out"), replacing: true)
    }
    #expect(
        try content(folder.path("out/a/file")) == "1" && names(in: folder.path("out/b")) == ["file", "notes"])
}

@Test func twoRunsNeverShareAFolderOfParts() throws {
    let folder = try TemporaryFolder()
    let first = try StagedParts(in: folder.path(""), names: ["a"], of: [], source: "s", replacing: false)
    let error = #expect(throws: StagingError.self) { try build("1", in: folder.path(""), replacing: true) }
    #expect(error?.description.contains("is being written by process \(getpid())") == true)
    #expect(try names(in: first.path) == ["source"])
}
