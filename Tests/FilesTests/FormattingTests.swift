import Files
import Foundation
import TestSupport
import Testing

@Test func numbersAreFilledWithZerosAndNeverCut() {
    #expect(42.zeroPadded(to: 5) == "00042")
    #expect(123_456.zeroPadded(to: 5) == "123456")
    #expect(UInt64.max.zeroPadded(to: 16, radix: 16) == "ffffffffffffffff")
    #expect(UInt8(10).zeroPadded(to: 2, radix: 16, uppercase: true) == "0A")
}

@Test func codePointsHaveAtLeastFourDigits() {
    #expect(["A", "é", "😀"].map { ($0 as Unicode.Scalar).codePoint } == ["U+0041", "U+00E9", "U+1F600"])
}

@Test func chunksCoverARangeInOrder() {
    #expect((3..<10).chunks(ofCount: 3) == [3..<6, 6..<9, 9..<10])
    #expect((0..<0).chunks(ofCount: 3).isEmpty)
}

@Test func aFileHasOneIdentityForAllItsPaths() throws {
    let folder = try TemporaryFolder()
    for name in ["file", "other"] { try Data([1, 2]).write(to: URL(filePath: folder.path(name))) }
    let link = try folder.link("link", to: "file")
    let file = try #require(FileStatus(at: folder.path("file")))
    #expect(file.kind == .regular && file.size == 2)
    #expect(FileStatus(at: link)?.identity == file.identity)
    #expect(FileStatus(at: folder.path("other"))?.identity != file.identity)
    #expect(FileStatus(at: folder.path(""))?.kind == .folder)
    #expect(FileStatus(at: "/dev/null")?.kind == .special)
    #expect(FileStatus(at: folder.path("nowhere")) == nil)
}
