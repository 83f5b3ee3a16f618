import Files
import Foundation
import TestSupport
import Testing

private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
}

private func content(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

/// Builds a result of one file, `part`.
private func build(_ text: String, at path: String, _ policy: StagingDirectory.Policy) throws {
    let staging = try StagingDirectory(for: path, of: ["part"], policy)
    try write(text, to: staging.path + "/part")
    try staging.finish()
}

private func finish(_ staging: consuming StagingDirectory) throws { try staging.finish() }

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

@Test func aLinkRemainsAndTheFolderBehindItIsReplaced() throws {
    let folder = try TemporaryFolder()
    try build("old", at: folder.path("disk/result"), .create)
    let link = try folder.link("result", to: "disk/result")
    try build("new", at: link, .replace)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "disk/result")
    #expect(try content(folder.path("disk/result/part")) == "new")
    #expect(try names(in: folder.path("")) == ["disk", "result"])
    #expect(try names(in: folder.path("disk")) == ["result"])
}

@Test func aLinkThatLeadsNowhereYetIsFollowed() throws {
    let folder = try TemporaryFolder()
    let link = try folder.link("result", to: folder.path("disk/result"))
    try build("new", at: link, .create)
    #expect(try content(folder.path("disk/result/part")) == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == folder.path("disk/result"))
}

@Test func linksInACircleAreRefused() throws {
    let folder = try TemporaryFolder()
    try folder.link("a", to: "b")
    try folder.link("b", to: "a")
    let error = #expect(throws: StagingError.self) { try build("new", at: folder.path("a"), .create) }
    #expect(error?.description.contains("Too many levels of symbolic links") == true, "\(error as Any)")
}

@Test func twoProcessesNeverBuildTheSameResult() throws {
    let folder = try TemporaryFolder()
    let link = try folder.link("link", to: "result")
    let first = try StagingDirectory(for: folder.path("result"), of: ["part"], .create)
    for policy in [StagingDirectory.Policy.create, .replace, .restart, .resume] {
        let error = #expect(throws: StagingError.self) { try build("new", at: link, policy) }
        guard case .busy(link, by: let holder?)? = error else {
            Issue.record("\(error as Any)")
            continue
        }
        #expect(holder.hasPrefix("process \(getpid()) on "))
    }
    try write("first", to: first.path + "/part")
    try finish(first)
    #expect(try content(folder.path("result/part")) == "first")
    #expect(try names(in: folder.path("")) == ["link", "result"])
}

@Test func whatAReplacementThatWasKilledLeftIsRemovedOrRestored() throws {
    let folder = try TemporaryFolder()
    let former = folder.path("result.replaced.unfinished")
    try build("old", at: former, .create)
    try build("new", at: folder.path("result"), .replace)
    #expect(try names(in: folder.path("")) == ["result"])
    try FileManager.default.moveItem(atPath: folder.path("result"), toPath: former)
    #expect(throws: StagingError.exists(folder.path("result"))) {
        try build("newer", at: folder.path("result"), .create)
    }
    #expect(try content(folder.path("result/part")) == "new")
}

@Test func anEmptyFolderCountsAsAbsent() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path("result"), withIntermediateDirectories: false)
    try build("new", at: folder.path("result"), .create)
    #expect(try content(folder.path("result/part")) == "new")
    #expect(try names(in: folder.path("")) == ["result"])
}
