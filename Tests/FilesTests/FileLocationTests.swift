import Files
import Foundation
import TestSupport
import Testing

/// A folder `a` with a file, a link to it, and a link to a folder that does not exist yet.
private func sample() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path("a/inner"), withIntermediateDirectories: true)
    try Data([1]).write(to: URL(filePath: folder.path("a/file")))
    try folder.link("link", to: "a")
    try folder.link("later", to: "a/later")
    try FileManager.default.linkItem(atPath: folder.path("a/file"), toPath: folder.path("hard"))
    return folder
}

@Test(arguments: [
    ("a", "link"), ("a", "a/inner/.."), ("a/", "./a"), ("a/file", "hard"), ("a/file", "link/file"),
    ("later", "link/later"), ("a/new/deep", "link/./new/x/../deep"),
])
func pathsToOnePlaceAreTheSame(one: String, other: String) throws {
    let folder = try sample()
    let (one, other) = (FileLocation(folder.path("") + one), FileLocation(folder.path("") + other))
    #expect(one.isSame(as: other) && other.isSame(as: one))
    #expect(!one.isInside(other) && !other.isInside(one))
}

@Test(arguments: [
    ("a/file", "a"), ("link/file", "a"), ("a/new", "link"), ("a/new/deep", "link/new"), ("later", "a"),
    ("later/more", "a/later"), ("hard", ""), ("link", ""),
])
func whatLiesInsideAFolderIsRecognised(inner: String, outer: String) throws {
    let folder = try sample()
    let (inner, outer) = (FileLocation(folder.path("") + inner), FileLocation(folder.path("") + outer))
    #expect(inner.isInside(outer) && !outer.isInside(inner) && !inner.isSame(as: outer))
}

@Test(arguments: [("a", "b"), ("a/new", "a/newer"), ("a/inner", "a/file"), ("hard", "a"), ("a/x/y", "a/z")])
func differentPlacesAreApart(one: String, other: String) throws {
    let folder = try sample()
    let (one, other) = (FileLocation(folder.path("") + one), FileLocation(folder.path("") + other))
    #expect(!one.isSame(as: other) && !one.isInside(other) && !other.isInside(one))
}

@Test func theWorkingFolderCountsAsAParent() {
    #expect(FileLocation("new").isInside(FileLocation(".")))
    #expect(FileLocation("new").isInside(FileLocation("/")))
    #expect(FileLocation("new").isSame(as: FileLocation(FileManager.default.currentDirectoryPath + "/new")))
}

@Test func anOutputFileIsNoneOfTheInputs() throws {
    let folder = try sample()
    let (file, hard) = (folder.path("a/file"), folder.path("hard"))
    #expect(throws: OutputOverlap(output: hard, input: file)) {
        try OutputOverlap.check(file: hard, against: [folder.path("a"), file])
    }
    try OutputOverlap.check(file: folder.path("a/other"), against: [folder.path("a"), file])
}

@Test(arguments: ["a", "link", "a/new", "later", "."])
func anOutputFolderIsApartFromTheInputs(output: String) throws {
    let folder = try sample()
    let (output, input) = (folder.path(output), folder.path("a"))
    #expect(throws: OutputOverlap(output: output, input: input)) {
        try OutputOverlap.check(folder: output, against: [input])
    }
    try OutputOverlap.check(folder: folder.path("b"), against: [folder.path("hard"), input])
}

@Test func theFolderInWhichAnOutputIsBuiltIsNoInput() throws {
    let folder = try TemporaryFolder()
    let input = folder.path("set.unfinished")
    try FileManager.default.createDirectory(atPath: input, withIntermediateDirectories: true)
    let error = #expect(throws: OutputOverlap.self) {
        try OutputOverlap.check(folder: folder.path("set/"), against: [input])
    }
    #expect(
        error?.description.contains("overlaps with \(input), which is read; choose another output") == true)
}
