import Datasets
import Foundation
import TestSupport
import Testing

private func checksum(_ samples: [(String, String)]) -> DatasetChecksum {
    var checksum = DatasetChecksum()
    for (image, label) in samples { checksum.add(ImageDigest(of: Array(image.utf8)), label: label.utf8) }
    return checksum
}

@Test func checksumsDependOnContentAndNotOnOrder() {
    let samples = (0..<50).map { ("image \($0)", "text \($0 % 7)") }
    #expect(checksum(samples) == checksum(samples.reversed()))
    #expect(checksum(samples) != checksum(samples.dropLast()))
    #expect(checksum(samples) != checksum(samples + [samples[0]]))
    #expect(checksum(samples + [samples[0], samples[0]]) != checksum(samples))
    #expect(checksum([("a", "bc")]) != checksum([("ab", "c")]))
    #expect(checksum([("a", "1"), ("b", "2")]) != checksum([("a", "2"), ("b", "1")]))
}

@Test func checksumsOfPartsAddUp() {
    let samples = (0..<50).map { ("image \($0)", "text") }
    var sum = checksum(Array(samples[..<20]))
    sum.add(checksum(Array(samples[20...])))
    #expect(sum == checksum(samples))
}

/// sha256(sha256("abc") + "x"), by `printf abc | sha256sum | cut -c-64 | xxd -r -p | (cat; printf x) | sha256sum`,
/// with its bytes reversed, because the first byte is the lowest of the sum.
@Test func oneSamplesChecksumIsItsHash() {
    let digest = "c8e8c59e3e51460bc302ac6e69ce5ff96f94662874a60c30176f3e15006f908d"
    let bytes = stride(from: 0, to: 64, by: 2).map { String(digest.dropFirst($0).prefix(2)) }
    #expect(checksum([("abc", "x")]).description == "sha256-sum:" + bytes.reversed().joined())
}

@Test func checksumsAreTexts() throws {
    let sum = checksum([("a", "b")])
    #expect(DatasetChecksum(sum.description) == sum)
    #expect(DatasetChecksum().description == "sha256-sum:" + String(repeating: "0", count: 64))
    for text in ["", "sha256-sum:", "sha256-sum:12", sum.description + "0", sum.description.uppercased()] {
        #expect(DatasetChecksum(text) == nil)
    }
    #expect(try JSONDecoder().decode(DatasetChecksum.self, from: JSONEncoder().encode(sum)) == sum)
    #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(DatasetChecksum.self, from: Data("\"x\"".utf8))
    }
}

@Test func writersNoteTheChecksum() throws {
    let folder = try TemporaryFolder()
    let set = try LMDBDataset(try build(5, at: folder.path("set")))
    var expected = DatasetChecksum()
    for number in (0..<5).reversed() {
        expected.add(ImageDigest(of: try picture(number)), label: "text \(number)".utf8)
    }
    #expect(set.checksum == expected)
    #expect(DatasetSummary(of: set).checksum == expected)
}
