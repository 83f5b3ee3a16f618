import Files
import Foundation
import TestSupport
import Testing

private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
}

/// Builds a result of one file, `part`.
private func build(_ text: String, at path: String, _ policy: StagingDirectory.Policy) throws {
    let staging = try StagingDirectory(for: path, of: ["part"], policy)
    try write(text, to: staging.path + "/part")
    try staging.finish()
}

@Test func theResultGetsItsNameAtTheEnd() throws {
    let folder = try TemporaryFolder()
    let staging = try StagingDirectory(for: folder.path("deep/result") + "//", of: ["part"], .create)
    try write("new", to: staging.path + "/part")
    #expect(staging.output == folder.path("deep/result"))
    #expect(exists(folder.path("deep/result.unfinished/part")) && !exists(staging.output))
    try staging.finish()
    #expect(exists(folder.path("deep/result/part")) && !exists(staging.path))
}

@Test func aRestartRemovesOnlyWhatBelongsToAResult() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
        atPath: folder.path("result.unfinished"), withIntermediateDirectories: true)
    for name in ["part", "note"] { try write("old", to: folder.path("result.unfinished/\(name)")) }
    let staging = try StagingDirectory(for: folder.path("result"), of: ["part"], .restart)
    #expect(!exists(staging.path + "/part") && exists(staging.path + "/note"))
}

@Test(arguments: [StagingDirectory.Policy.create, .restart, .resume])
func onlyAReplacementMeetsAnExistingResult(policy: StagingDirectory.Policy) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("result")
    try build("old", at: path, .create)
    #expect(throws: StagingError.exists(path)) { try build("new", at: path, policy) }
    try build("new", at: path, .replace)
    #expect(try Data(contentsOf: URL(filePath: path + "/part")) == Data("new".utf8))
}
