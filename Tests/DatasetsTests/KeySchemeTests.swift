import Datasets
import TestSupport
import Testing

/// A way to number samples, and what messages say about it.
private struct Numbering: Sendable, CustomTestStringConvertible {
    let first: Int
    let digits: Int
    let declared: Int
    let words: [String]

    var testDescription: String { "from \(first), \(digits) digits, num-samples \(declared)" }

    /// An LMDB of 12 samples labelled `text 0` to `text 11`, with lexicons.
    func set(at path: String) throws -> String {
        var entries = [("num-samples", Array(String(declared).utf8))]
        for index in 0..<12 {
            let digits = String(index + first)
            let number = String(repeating: "0", count: max(0, self.digits - digits.count)) + digits
            entries.append(("image-" + number, try picture(index)))
            entries.append(("label-" + number, Array("text \(index)".utf8)))
            entries.append(("lexicon-" + number, Array("words \(index)".utf8)))
        }
        return try place(entries, at: path)
    }
}

private let numberings = [
    Numbering(first: 0, digits: 9, declared: 12, words: ["start at 0"]),
    Numbering(first: 1, digits: 8, declared: 12, words: ["have 8 digits"]),
    Numbering(first: 0, digits: 6, declared: 12, words: ["start at 0 and have 6 digits"]),
    Numbering(first: 1, digits: 1, declared: 12, words: ["have 1 digit "]),
    Numbering(first: 0, digits: 1, declared: 12, words: ["start at 0 and have 1 digit "]),
    Numbering(first: 1, digits: 12, declared: 12, words: ["have 12 digits"]),
    Numbering(first: 1, digits: 9, declared: 3, words: ["num-samples is 3, but there are 12"]),
    Numbering(first: 1, digits: 9, declared: 0, words: ["num-samples is 0, but there are 12"]),
    Numbering(first: 0, digits: 9, declared: 11, words: ["num-samples is 11, but", "start at 0"]),
    Numbering(first: 1, digits: 9, declared: 12, words: []),
]

private let texts = (0..<12).map { "text \($0)" }

@Test(arguments: numberings)
private func allSamplesAreReadHoweverTheyAreNumbered(numbering: Numbering) throws {
    let folder = try TemporaryFolder()
    let dataset = try LMDBDataset(try numbering.set(at: folder.path("set")))
    #expect(try (0..<dataset.count).map { try dataset[$0].label } == texts)
    #expect(try dataset[11].bytes == picture(11) && dataset.lexicon(11) == "words 11")
    #expect(dataset.keyDefects.count == numbering.words.count)
    for (defect, words) in zip(dataset.keyDefects, numbering.words) { #expect(defect.contains(words)) }
    #expect(DatasetSummary(of: dataset).problems == dataset.keyDefects)
}

@Test(arguments: numberings)
private func aRepairedCopyIsNumberedFromOneWithNineDigits(numbering: Numbering) async throws {
    let folder = try TemporaryFolder()
    let verifier = try DatasetVerifier(try numbering.set(at: folder.path("set")))
    let verification = try await verifier.run { _ in }
    #expect(verification.problems == numbering.words.count, "\(verification.counts)")
    var writer = try DatasetWriter(folder.path("copy"))
    var position = try CopyPosition(in: writer, of: "fix")
    let cleaning = try verifier.writeCleaned(verification, to: &writer, from: &position)
    try writer.finish()
    #expect(cleaning.kept == 12 && cleaning.leftOut == 0)
    let copy = try LMDBDataset(folder.path("copy"))
    #expect(try (0..<copy.count).map { try copy[$0].label } == texts)
    #expect(copy.keyDefects.isEmpty && copy.key(0) == "image-000000001")
}

@Test func aStrayKeyDoesNotChangeTheNumbering() throws {
    let folder = try TemporaryFolder()
    let sample = [("image-000000001", try picture(0)), ("label-000000001", Array("one".utf8))]
    for stray in ["image-000000000", "image-1", "image-0000000001", "image-00000001"] {
        let set = try place(
            [("num-samples", [49]), (stray, [1])] + sample, at: folder.path("set with \(stray)"))
        let dataset = try LMDBDataset(set)
        #expect(try dataset.count == 1 && dataset.keyDefects.isEmpty && dataset.label(0) == "one")
    }
}

private let cases: [(name: String, words: String)] = [
    ("lmdb-count-low", "num-samples is 3, but there are 8"), ("lmdb-zero-based", "start at 0"),
    ("lmdb-8-digits", "have 8 digits"),
]

@Test(.enabled(if: SharedData.hasCase("lmdb-count-low"), "needs ../shared/cases"), arguments: cases)
private func allSamplesOfTheCasesAreRead(name: String, words: String) throws {
    let dataset = try LMDBDataset(SharedData.casePath(name + "/set"))
    #expect(
        try (0..<dataset.count).map { try dataset.label($0) }
            == ["Hello", "world", "Total", "12.50", "Street", "Invoice", "2024", "Coffee"])
    #expect(dataset.keyDefects.first?.contains(words) == true)
}
