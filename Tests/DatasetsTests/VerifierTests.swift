import Datasets
import Foundation
import Imaging
import LMDB
import TestSupport
import Testing

/// The problems of the data set at `path`, in the order in which they are reported.
func problems(
    _ path: String, _ options: VerificationOptions = VerificationOptions()
) async throws -> [DatasetProblem] {
    var found: [DatasetProblem] = []
    _ = try await DatasetVerifier(path, options).run { found.append($0) }
    return found
}

/// The text of sample `number` in a clean set.
private func label(_ number: Int) -> String { "text \(number)" }

/// The image of sample `number`: noise with a width in proportion to its text.
private func noise(_ number: Int, characters: Int? = nil, height: Int = 16) throws -> [UInt8] {
    let width = 8 * (characters ?? label(number).count)
    var state = UInt32(number &+ 77)
    let pixels = (0..<width * height).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(state >> 24)
    }
    return try Image(width: width, height: height, pixels: pixels).encodedPNG()
}

/// A way to damage a clean data set of forty samples, and the problem that must be found.
private struct Fault: CustomTestStringConvertible {
    let testDescription: String
    let kind: DatasetProblem.Kind
    let key: String
    var spoil: @Sendable (inout WriteBatch) throws -> Void

    init(
        _ name: String, _ kind: DatasetProblem.Kind, _ key: String,
        _ spoil: @escaping @Sendable (inout WriteBatch) throws -> Void
    ) {
        (testDescription, self.kind, self.key, self.spoil) = (name, kind, key, spoil)
    }

    /// Replaces the label of sample 7.
    static func label(_ name: String, _ kind: DatasetProblem.Kind, _ text: String) -> Fault {
        Fault(name, kind, "label-000000007") { $0.set("label-000000007", to: Array(text.utf8)) }
    }
}

private let faults: [Fault] = [
    Fault("count too high", .count, "num-samples") { $0.set("num-samples", to: Array("41".utf8)) },
    Fault("count too low", .count, "num-samples") { $0.set("num-samples", to: Array("39".utf8)) },
    Fault("count absurd", .count, "num-samples") { $0.set("num-samples", to: Array("99999999999".utf8)) },
    Fault("count not a number", .count, "num-samples") { $0.set("num-samples", to: Array("many".utf8)) },
    Fault("count missing", .count, "num-samples") { $0.remove("num-samples") },
    Fault("stray key", .strayKey, "thumbnail-7") { $0.set("thumbnail-7", to: [1]) },
    Fault("key with too few digits", .strayKey, "image-7") { $0.set("image-7", to: try noise(7)) },
    Fault("sample 0", .strayKey, "image-000000000") { $0.set("image-000000000", to: try noise(7)) },
    Fault("missing image", .missingImage, "image-000000007") { $0.remove("image-000000007") },
    Fault("missing label", .missingLabel, "label-000000007") { $0.remove("label-000000007") },
    Fault("empty image", .undecodableImage, "image-000000007") { $0.set("image-000000007", to: []) },
    Fault("truncated image", .undecodableImage, "image-000000007") {
        $0.set("image-000000007", to: Array(try noise(7).dropLast(20)))
    },
    Fault("flipped byte", .undecodableImage, "image-000000007") {
        var bytes = try noise(7)
        bytes[bytes.count / 2] ^= 0x10
        $0.set("image-000000007", to: bytes)
    },
    Fault("foreign format", .undecodableImage, "image-000000007") {
        $0.set("image-000000007", to: Array("GIF89a".utf8))
    },
    Fault("blank image", .blankImage, "image-000000007") {
        let pixels = (0..<48 * 16).map { UInt8(200 + $0 % 5) }
        $0.set("image-000000007", to: try Image(width: 48, height: 16, pixels: pixels).encodedPNG())
    },
    Fault("bytes that are not UTF-8", .labelNotUTF8, "label-000000007") {
        $0.set("label-000000007", to: [0xC3, 0x28])
    },
    Fault("lexicon that is not UTF-8", .lexiconNotUTF8, "lexicon-000000007") {
        $0.set("lexicon-000000007", to: [0xFF])
    },
    .label("empty label", .emptyLabel, ""), .label("white label", .emptyLabel, " \u{A0}"),
    .label("decomposed label", .notComposed, "cafe\u{301}"),
    .label("leading space", .leadingSpace, " text"), .label("trailing space", .trailingSpace, "text\u{3000}"),
    .label("double space", .doubleSpace, "te  xt"), .label("line feed", .controlCharacter, "te\nxt"),
    .label("zero byte", .controlCharacter, "text\0"),
    .label("byte order mark", .invisibleCharacter, "\u{FEFF}text"),
    .label("zero-width space", .invisibleCharacter, "te\u{200B}xt"),
    .label("replacement character", .replacementCharacter, "te\u{FFFD}t"),
    .label("foreign character", .outsideAlphabet, "teχt"),
    .label("label that is too long", .doesNotFit, "texttexttexttext"),
    Fault("label of another image", .suspiciousShape, "image-000000007") {
        $0.set("label-000000007", to: Array(String(repeating: "text ", count: 30).utf8.dropLast()))
    },
    Fault("duplicate", .duplicate, "image-000000041") {
        $0.set("image-000000041", to: try noise(6))
        $0.set("label-000000041", to: Array("text 6".utf8))
        $0.set("num-samples", to: Array("41".utf8))
    },
    Fault("conflicting labels", .conflictingLabels, "image-000000041") {
        $0.set("image-000000041", to: try noise(6))
        $0.set("label-000000041", to: Array("taxt 6".utf8))
        $0.set("num-samples", to: Array("41".utf8))
    },
    Fault("exchanged labels", .checksum, "crnn-checksum") {
        $0.set("label-000000007", to: Array(label(7).utf8))
        $0.set("label-000000008", to: Array(label(6).utf8))
    },
]

/// Builds the clean data set, with requirements on the alphabet and the length of labels that its samples meet.
private func cleanSet(_ folder: TemporaryFolder) throws -> (path: String, options: VerificationOptions) {
    var writer = try DatasetWriter(folder.path("set"))
    for number in 0..<40 {
        try writer.append(image: try noise(number), label: label(number), lexicon: "text 1")
    }
    try writer.finish()
    let options = VerificationOptions { label, width, _ in
        if label.contains("χ") { return (.outsideAlphabet, "χ") }
        return label.count > width / 4 ? (.doesNotFit, "\(label.count) of \(width / 4)") : nil
    }
    return (folder.path("set"), options)
}

private func spoiledSet(
    _ folder: TemporaryFolder, _ fault: Fault
) throws -> (path: String, options: VerificationOptions) {
    let set = try cleanSet(folder)
    var batch = WriteBatch()
    try fault.spoil(&batch)
    var writer = try Writer(writing: set.path)
    try writer.commit(batch)
    return set
}

@Test func nothingIsFoundInACleanSet() async throws {
    let folder = try TemporaryFolder()
    let clean = try cleanSet(folder)
    #expect(try await problems(clean.path, clean.options).isEmpty)
}

@Test(arguments: faults) private func aPlantedFaultIsFound(fault: Fault) async throws {
    let folder = try TemporaryFolder()
    let set = try spoiledSet(folder, fault)
    let found = try await problems(set.path, set.options)
    let match = found.first { $0.kind == fault.kind }
    #expect(match?.key == fault.key, "\(found)")
    #expect(match?.detail.isEmpty == false)
    // Of a fault follow, at most, that the checksum no longer holds and that half a sample is missing.
    let consequences: Set<DatasetProblem.Kind> = [
        .checksum, .count, .missingImage, .doesNotFit, .leadingSpace, .suspiciousShape,
    ]
    #expect(Set(found.map(\.kind)).subtracting(consequences + [fault.kind]).isEmpty, "\(found)")
}

@Test(arguments: faults) private func ofASpoiledSetACleanCopyIsMade(fault: Fault) async throws {
    let folder = try TemporaryFolder()
    let set = try spoiledSet(folder, fault)
    let verifier = try DatasetVerifier(set.path, set.options)
    let verification = try await verifier.run { _ in }
    var writer = try DatasetWriter(folder.path("clean"))
    var position = try CopyPosition(in: writer, of: "fix")
    let cleaning = try verifier.writeCleaned(verification, to: &writer, from: &position)
    try writer.finish()
    #expect(try await problems(folder.path("clean"), set.options).isEmpty)
    #expect(cleaning.kept >= 39 && cleaning.kept + cleaning.leftOut == verifier.samples)
    #expect(try LMDBDataset(folder.path("clean")).count == cleaning.kept)
}

@Test func ignoredKindsAreNeitherReportedNorLeftOut() async throws {
    let folder = try TemporaryFolder()
    let fault = Fault.label("leading space", .leadingSpace, " text")
    let set = try spoiledSet(folder, fault)
    let options = VerificationOptions(ignoring: [.leadingSpace, .checksum])
    let verifier = try DatasetVerifier(set.path, options)
    let verification = try await verifier.run { Issue.record("found \($0)") }
    var writer = try DatasetWriter(folder.path("clean"))
    var position = try CopyPosition(in: writer, of: "fix")
    let cleaning = try verifier.writeCleaned(verification, to: &writer, from: &position)
    #expect(cleaning.kept == 40 && cleaning.repaired == 0 && cleaning.leftOut == 0)
    try writer.finish()
    #expect(try LMDBDataset(folder.path("clean")).label(6) == " text")
}

@Test func labelsAreRepairedAsFarAsTheyCanBe() {
    #expect(LabelDefects.repaired("  a \t\n b\u{A0}\u{A0}c\u{200B} ") == "a b c")
    #expect(LabelDefects.repaired("cafe\u{301}").unicodeScalars.count == 4)
    #expect(LabelDefects.repaired("e\u{200B}\u{301}").unicodeScalars.count == 1)
    #expect(LabelDefects.repaired("\u{FEFF}\0").isEmpty)
    #expect(LabelDefects(of: "می\u{200C}خواهم").findings.isEmpty)
    let kinds = LabelDefects(of: " a\u{1} \u{FFFD}").findings.map(\.kind)
    #expect(kinds == [.leadingSpace, .controlCharacter, .replacementCharacter])
}

@Test func setsOfOtherThingsAreNotVerified() async throws {
    let folder = try TemporaryFolder()
    let path = try place([("a", [1])], at: folder.path("foreign"))
    #expect(throws: DatasetError.self) { try DatasetVerifier(path) }
    #expect(throws: DatasetError.self) { try DatasetVerifier(folder.path("nowhere")) }
    let empty = try build(0, at: folder.path("empty"))
    #expect(try await problems(empty).isEmpty)
}
