import Datasets
import Foundation
import TestSupport
import Testing

/// A data set of numbered pictures with the label `a`, or `b` for pictures of negative numbers.
private func set(_ numbers: [Int], in folder: TemporaryFolder, _ name: String) throws -> LMDBDataset {
    var writer = try DatasetWriter(folder.path(name))
    for number in numbers {
        try writer.append(image: try picture(abs(number)), label: number < 0 ? "b" : "a")
    }
    try writer.finish()
    return try LMDBDataset(folder.path(name))
}

@Test func copiesHaveTheSameLabelAndImage() throws {
    let folder = try TemporaryFolder()
    let copies = CopySearch(in: try set([1, 2, 3, 1, 4, 2, 1, -1, -2, -2], in: folder, "set"))
    #expect(copies.groups == [[0, 3, 6], [1, 5], [8, 9]])
}

@Test func imagesOfOneSizeAndLabelAreToldApart() throws {
    let folder = try TemporaryFolder()
    var writer = try DatasetWriter(folder.path("set"))
    for number in 0..<40 {
        var image = [UInt8](repeating: 0, count: 1000)
        (image[500], image[999]) = (UInt8(number % 4), UInt8(number % 5))
        try writer.append(image: image, label: "same")
    }
    try writer.finish()
    let copies = CopySearch(in: try LMDBDataset(folder.path("set")))
    #expect(copies.groups == (0..<20).map { [$0, $0 + 20] })
}

@Test func samplesThatCannotBeReadAreNoCopies() throws {
    let folder = try TemporaryFolder()
    let path = try place(
        [
            ("num-samples", Array("3".utf8)), ("image-000000001", [1]), ("label-000000001", [97]),
            ("image-000000002", [1]), ("label-000000002", [0xFF]), ("label-000000003", [97]),
        ], at: folder.path("set"))
    #expect(CopySearch(in: try LMDBDataset(path)).groups.isEmpty)
}

@Test func sharedSamplesAreCountedForEachPair() throws {
    let folder = try TemporaryFolder()
    let sets = [
        try set([1, 2, 3, 3], in: folder, "one"), try set([9, 8], in: folder, "two"),
        try set([3, 2, 3, 7, 9, -1], in: folder, "three"),
    ]
    let both = ConcatenatedDataset(sets)
    let shared = SharedSamples.all(among: CopySearch(in: both), in: both)
    #expect(shared.map(\.pair) == [[0, 2], [1, 2]] && shared.map(\.count) == [3, 1])
    #expect(
        shared[1].example.map(\.description) == [
            "image-000000001 in \(folder.path("two"))", "image-000000005 in \(folder.path("three"))",
        ])
}
