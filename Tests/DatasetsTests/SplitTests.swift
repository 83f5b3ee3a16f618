import Datasets
import Files
import Foundation
import LMDB
import TestSupport
import Testing

/// A data set with these labels and a different image for each.
private func set(_ labels: [String], in folder: TemporaryFolder) throws -> LMDBDataset {
    var writer = try DatasetWriter(folder.path("set"))
    for (number, label) in labels.enumerated() { try writer.append(image: try picture(number), label: label) }
    try writer.finish()
    return try LMDBDataset(folder.path("set"))
}

@Test func splitsAreSeededAndWhole() throws {
    let folder = try TemporaryFolder()
    let dataset = try set((0..<100).map { "\($0 % 4)" }, in: folder)
    func split(_ seed: UInt64) throws -> StratifiedSplit {
        var generator = SeededGenerator(seed: seed)
        return try StratifiedSplit(of: dataset, holdingOut: [0.1, 0.25], using: &generator)
    }
    let parts = try split(1)
    #expect(parts.heldOut.map(\.count) == [10, 25] && parts.training.count == 65)
    #expect((parts.training + parts.heldOut.joined()).sorted() == Array(0..<100))
    #expect(try split(1).heldOut == parts.heldOut)
    #expect(try split(2).heldOut != parts.heldOut)
    #expect(parts.training == parts.training.sorted())
}

@Test(arguments: 1...20) func everySymbolStaysInTheTrainingPart(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    // Twenty symbols occur once, in ten samples; all others twenty times.
    let rare = Array("abcdefghijklmnopqrst")
    let labels = (0..<40).map { $0 < 10 ? "0\(rare[2 * $0])\(rare[2 * $0 + 1])" : "01" }
    let dataset = try set(labels, in: folder)
    var generator = SeededGenerator(seed: seed)
    let split = try StratifiedSplit(of: dataset, holdingOut: [0.5], using: &generator)
    #expect(split.heldOut[0].count == 20)
    #expect(split.heldOut[0].allSatisfy { $0 >= 10 })
    let all = Set(labels.joined())
    #expect(Set(try split.training.map { try dataset.label($0) }.joined()) == all)
}

@Test func whatCannotBeHeldOutIsNot() throws {
    let folder = try TemporaryFolder()
    let dataset = try set(["a", "b", "c", "d"], in: folder)
    var generator = SeededGenerator(seed: 1)
    let split = try StratifiedSplit(of: dataset, holdingOut: [0.5], using: &generator)
    #expect(split.heldOut == [[]] && split.training == [0, 1, 2, 3])
}

@Test(arguments: 1...10) func copiesOfOneImageStayTogether(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var writer = try DatasetWriter(folder.path("set"))
    // Every image is there three times, once with another label.
    for number in 0..<90 {
        try writer.append(image: try picture(number / 3), label: number % 3 == 2 ? "ab " : "ab")
    }
    try writer.finish()
    let dataset = try LMDBDataset(folder.path("set"))
    var generator = SeededGenerator(seed: seed)
    let split = try StratifiedSplit(of: dataset, holdingOut: [0.2, 0.3], using: &generator)
    let images = ([split.training] + split.heldOut).map { Set($0.map { $0 / 3 }) }
    #expect(images.map(\.count) == [15, 6, 9] && Set(images.joined()).count == 30)
    #expect(split.heldOut.map(\.count) == [18, 27] && split.training.count == 45)
}

@Test func moreCopiesThanAShareStayInTheTrainingPart() throws {
    let folder = try TemporaryFolder()
    var writer = try DatasetWriter(folder.path("set"))
    for number in 0..<20 { try writer.append(image: try picture(max(0, number - 14)), label: "a") }
    try writer.finish()
    var generator = SeededGenerator(seed: 1)
    let split = try StratifiedSplit(
        of: try LMDBDataset(folder.path("set")), holdingOut: [0.2], using: &generator)
    #expect(split.heldOut[0].count == 4 && split.heldOut[0].allSatisfy { $0 > 14 })
}
