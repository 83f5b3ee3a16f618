import Datasets
import Foundation
import TestSupport
import Testing

@Test func summariesCountWhatIsThere() throws {
    let folder = try TemporaryFolder()
    let summary = DatasetSummary(of: try LMDBDataset(try build(15, at: folder.path("set"))))
    #expect(summary.samples == 15 && summary.readable == 15 && summary.problemCount == 0)
    #expect(summary.formats == ["png": 15])
    #expect(summary.imageBytes == (try (0..<15).map { try picture($0).count }.reduce(0, +)))
    #expect(summary.widths?.minimum == 8 && summary.widths?.median == 10 && summary.widths?.maximum == 12)
    #expect(summary.heights?.minimum == 4 && summary.heights?.maximum == 6)
    #expect(summary.labelLengths?.minimum == 6 && summary.labelLengths?.maximum == 7)
    #expect(summary.alphabet.map(\.symbol).joined() == " 0123456789etx")
    #expect(summary.alphabet.first { $0.symbol == "t" }?.count == 30)
    #expect(summary.firstSamples.count == 10)
    #expect(summary.firstSamples.first?.key == "image-000000001")
}

@Test func summariesNameProblems() throws {
    let folder = try TemporaryFolder()
    let path = try place(
        [
            ("num-samples", Array("4\n".utf8)), ("image-000000001", try picture(1)), ("label-000000001", []),
            ("image-000000002", Array("GIF89a".utf8)), ("label-000000002", [65]), ("label-000000003", [65]),
        ], at: folder.path("set"))
    let summary = DatasetSummary(of: try LMDBDataset(path))
    #expect(summary.samples == 4 && summary.readable == 1 && summary.problemCount == 5)
    #expect(summary.problems[0] == "num-samples: 4 samples need 9 keys, the file has 6")
    #expect(summary.problems[1] == "image-000000001: the label is empty")
    #expect(
        summary.problems[2].hasPrefix(
            "image-000000002: not a PNG, JPEG, TIFF, WebP or BMP (starts with 47 49 46 38)"))
    #expect(summary.problems[3] == "image-000000003 in \(path): missing")
    #expect(summary.problems[4] == "label-000000004 in \(path): missing")
}

@Test func summariesSurviveJSON() throws {
    let folder = try TemporaryFolder()
    let summary = DatasetSummary(of: try LMDBDataset(try build(3, at: folder.path("set"))))
    let decoded = try JSONDecoder().decode(DatasetSummary.self, from: try JSONEncoder().encode(summary))
    #expect(decoded == summary)
}

private let realSets: [(name: String, count: Int)] = [
    ("lmdb-digits-1024", 1024), ("lmdb-mmocr-toy", 10), ("lmdb-vitocr-plates-valid", 920),
    ("lmdb-wuzuowuyou-10", 10), ("lmdb-zuoyuwei-8", 8),
]

@Test(
    .enabled(if: SharedData.has("lmdb-digits-1024"), "needs the LMDBs beside the checkout"),
    arguments: realSets)
func setsThatOtherToolsMadeAreReadWhole(name: String, count: Int) throws {
    let dataset = try LMDBDataset(SharedData.url(name + "/db").path(percentEncoded: false))
    let summary = DatasetSummary(of: dataset)
    #expect(summary.samples == count && summary.readable == count && summary.problemCount == 0)
    let list = try listed(Array(try Data(contentsOf: SharedData.url(name + "/labels.tsv"))))
    #expect(try (0..<count).map { try dataset.label($0) } == list.entries.map(\.label))
}

@Test(.enabled(if: SharedData.has("lmdb-mmocr-toy/label"), "needs the LMDBs beside the checkout"))
func aSetOfLabelsAloneIsDescribed() throws {
    let error = refusal(SharedData.url("lmdb-mmocr-toy/label").path(percentEncoded: false))
    #expect(error?.description.contains("it contains JSON texts without images") == true)
}
