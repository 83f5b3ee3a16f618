import Files
import Foundation
import Recognition
import Tensors
import TestSupport
import Testing

private let device = ReferenceDevice()

/// A file of tensors of all ranks and of texts that JSON must escape.
private func sample() -> SafetensorsFile {
    let special: [Float] = [0, -0.0, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, .pi, -1e38]
    return SafetensorsFile(
        metadata: ["format": "test", "a\"b\\c/d\n": "ä€😀\u{0}", "": ""],
        tensors: [
            "special": Tensor(special, shape: [2, 2, 2], on: device),
            "scalar": Tensor([42], shape: [], on: device),
            "empty": Tensor([], shape: [3, 0], on: device),
            "naïve/名.0": Tensor((0..<35).map { Float($0) / 7 }, shape: [5, 7], on: device),
        ])
}

/// The bytes of `sample()` as a file.
private func sampleBytes(in folder: TemporaryFolder) throws -> Data {
    try sample().write(to: folder.path("sample"))
    return try Data(contentsOf: URL(filePath: folder.path("sample")))
}

/// Reads a file of the given bytes and returns the error; nil if it can be read.
private func refusal(_ bytes: Data, in folder: TemporaryFolder) throws -> CheckpointError? {
    let path = folder.path("damaged")
    try bytes.write(to: URL(filePath: path))
    do throws(CheckpointError) {
        _ = try SafetensorsFile(reading: path, on: device)
        return nil
    } catch {
        #expect(error.path == path && error.description.hasPrefix(path + ": "))
        return error
    }
}

/// The bytes of a file with a header written by hand and `count` bytes of tensors.
private func file(_ json: String, count: Int = 8) -> Data {
    Data((0..<8).map { UInt8(truncatingIfNeeded: json.utf8.count >> (8 * $0)) }) + Data(json.utf8)
        + Data(count: count)
}

@Test func aFileComesBackBitForBit() throws {
    let folder = try TemporaryFolder()
    let (path, written) = (folder.path("a b %20 ü"), sample())
    try written.write(to: path)
    let read = try SafetensorsFile(reading: path, on: device)
    #expect(read.metadata == written.metadata)
    #expect(Set(read.tensors.keys) == Set(written.tensors.keys))
    for (name, tensor) in written.tensors {
        #expect(read.tensors[name]?.shape == tensor.shape)
        #expect(read.tensors[name]?.bytes() == tensor.bytes(), "\(name)")
    }
}

/// Halves of whole numbers are exact in 16 bits; what lies between two such floats goes to the nearer.
@Test func halfPrecisionTakesHalfTheBytes() throws {
    let folder = try TemporaryFolder()
    let values: [Float] = [0.5, -2, 65504, .infinity, 1 + 1 / 4096, 1 / 3]
    let file = SafetensorsFile(tensors: ["a": Tensor(values, shape: [2, 3], on: device)])
    try file.write(to: folder.path("half"), as: .float16)
    try file.write(to: folder.path("whole"))
    let found = try SafetensorsFile(reading: folder.path("half"), on: device).tensors["a"]
    #expect(found?.shape == [2, 3])
    #expect(found?.scalars == [0.5, -2, 65504, .infinity, 1, 0.333_251_95])
    let sizes = try ["half", "whole"].map { try Data(contentsOf: URL(filePath: folder.path($0))).count }
    #expect(sizes[1] - sizes[0] == 12)
}

@Test func numbersBeyondHalfPrecisionAreRefused() throws {
    let folder = try TemporaryFolder()
    let file = SafetensorsFile(tensors: ["large": Tensor([65520], shape: [1], on: device)])
    let error = #expect(throws: CheckpointError.self) {
        try file.write(to: folder.path("half"), as: .float16)
    }
    #expect(error?.reason.contains("large contains numbers that 16-bit floats cannot") == true)
    #expect(!FileManager.default.fileExists(atPath: folder.path("half")))
}

@Test func theSameContentIsTheSameBytes() throws {
    let folder = try TemporaryFolder()
    #expect(try sampleBytes(in: folder) == sampleBytes(in: folder))
}

@Test func tensorsStartAtAMultipleOfEight() throws {
    let folder = try TemporaryFolder()
    for length in 0..<9 {
        let text = String(repeating: "x", count: length)
        try SafetensorsFile(metadata: ["k": text]).write(to: folder.path("aligned"))
        let bytes = try Data(contentsOf: URL(filePath: folder.path("aligned")))
        #expect(bytes.count % 8 == 0)
        #expect(Int(bytes[0]) + 256 * Int(bytes[1]) == bytes.count - 8)
    }
}

@Test func aFileWithoutTensorsIsAFile() throws {
    let folder = try TemporaryFolder()
    try SafetensorsFile().write(to: folder.path("bare"))
    #expect(try SafetensorsFile(reading: folder.path("bare"), on: device).tensors.isEmpty)
}

@Test func everyTruncationIsRefusedInWords() throws {
    let folder = try TemporaryFolder()
    let whole = try sampleBytes(in: folder)
    #expect(try refusal(whole, in: folder) == nil)
    for length in 0..<whole.count {
        let error = try #require(try refusal(whole.prefix(length), in: folder), "\(length) bytes were read")
        let word = length == 0 ? "empty" : length < 9 ? "not a safetensors file" : "truncated"
        #expect(error.reason.contains(word) && error.reason.contains("; "), "\(length) bytes: \(error)")
    }
}

@Test func bytesTooManyAreRefused() throws {
    let folder = try TemporaryFolder()
    let error = try refusal(sampleBytes(in: folder) + Data(count: 3), in: folder)
    #expect(error?.reason.contains("3 bytes too many") == true)
}

@Test func noDamagedHeaderCrashes() throws {
    let folder = try TemporaryFolder()
    let whole = try sampleBytes(in: folder)
    let header = 8 + Int(whole[0]) + 256 * Int(whole[1])
    var generator = SeededGenerator(seed: 2026)
    var refused = 0
    for _ in 0..<3000 {
        var damaged = whole
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let digits = Array("0123456789-[]{}\",:".utf8)
            damaged[Int.random(in: 0..<header, using: &generator)] =
                Bool.random(using: &generator)
                ? .random(in: 0...255, using: &generator) : digits.randomElement(using: &generator) ?? 0
        }
        if try refusal(damaged, in: folder) != nil { refused += 1 }
    }
    #expect(refused > 1500, "\(refused) of 3000 damaged headers were refused")
}

@Test(arguments: [
    (#"{"a":{"dtype":"F32","shape":[4611686018427387904,8],"data_offsets":[0,8]}}"#, "impossible shape"),
    (#"{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}"#, "impossible shape"),
    (#"{"a":{"dtype":"F32","shape":[0,4611686018427387904,8],"data_offsets":[0,0]}}"#, "impossible shape"),
    (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, "does not match its byte range"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}"#, "does not match its byte range"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, "does not match its byte range"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#, "does not match its byte range"),
    (
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[-9223372036854775808,9223372036854775807]}}"#,
        "does not match its byte range"
    ),
    (
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775803,9223372036854775807]}}"#,
        "at byte"
    ),
    (#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, "truncated: it has 8 of 16 bytes"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, "at byte 4 instead of 0"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "4 bytes too many"),
    (
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
        "at byte 0 instead of 8"
    ),
    (#"{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#, "type F64; convert it to F32 or F16"),
    (#"{"a":{"dtype":"F32","shape":[1e300],"data_offsets":[0,8]}}"#, "damaged header"),
    (#"{"a":{"dtype":"F32","data_offsets":[0,8]}}"#, "“shape” is missing"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#, "damaged header"),
    (#"{"a":"b"}"#, "damaged header"),
    (#"{"__metadata__":{"a":1}}"#, "damaged header"),
    (#"["F32"]"#, "not a safetensors file"),
])
func impossibleHeadersAreNamed(json: String, words: String) throws {
    let folder = try TemporaryFolder()
    let error = try #require(try refusal(file(json), in: folder), "\(json) was read")
    #expect(error.reason.contains(words), "\(json): \(error)")
}

@Test func deepHeadersAreRefused() throws {
    let folder = try TemporaryFolder()
    let depth = 100_000
    let json = #"{"a":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
    #expect(try refusal(file(json), in: folder) != nil)
}

@Test func foreignFilesAreRefused() throws {
    let folder = try TemporaryFolder()
    let foreign = [
        Data("PNG or text, but no tensors\n".utf8), Data(repeating: 0xFF, count: 1000), Data(count: 1000),
        Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x7B, 0x7D]),
    ]
    for bytes in foreign {
        #expect(try refusal(bytes, in: folder)?.reason.contains("not a safetensors file") == true)
    }
}

@Test func missingFilesAndFoldersAreNamed() throws {
    let folder = try TemporaryFolder()
    for (path, words) in [
        (folder.path("nowhere"), "No such file or directory); check the path"),
        (folder.path(""), "Is a directory); give the path of a file"),
        (folder.path("nowhere/file"), "No such file or directory); check the path"),
    ] {
        let error = #expect(throws: CheckpointError.self) { try SafetensorsFile(reading: path, on: device) }
        #expect(error?.description.contains("\(path): cannot be read (\(words)") == true, "\(error as Any)")
    }
}

@Test(.enabled(if: SmallDisk.isPossible, "only root can mount a small disk"))
func aFullDiskLeavesTheOldCheckpoint() throws {
    let disk = try SmallDisk(megabytes: 1)
    let path = disk.path("model.safetensors")
    try SafetensorsFile(metadata: ["old": "yes"]).write(to: path)
    let huge = SafetensorsFile(metadata: ["big": String(repeating: "x", count: 1 << 21)])
    let error = #expect(throws: CheckpointError.self) { try huge.write(to: path) }
    #expect(error?.reason.contains("No space left on device") == true)
    #expect(try Data(contentsOf: URL(filePath: path)).count < 100)
}

/// oneDNN has at most 12 dimensions. A dimension of 0 must not hide that the product of the others overflows.
@Test(arguments: [
    ([Int](repeating: 1, count: 13), 4, "13 dimensions"), ([0, 1 << 62, 1 << 62], 0, "impossible shape"),
    ([1 << 62, 0, 4], 0, "impossible shape"),
])
func shapesThatNoDeviceHasAreRefused(shape: [Int], count: Int, reason: String) throws {
    let folder = try TemporaryFolder()
    let json = #"{"a":{"dtype":"F32","shape":\#(shape),"data_offsets":[0,\#(count)]}}"#
    #expect(try refusal(file(json, count: count), in: folder)?.reason.contains(reason) == true)
    let most = #"{"a":{"dtype":"F32","shape":\#([Int](repeating: 1, count: 12)),"data_offsets":[0,4]}}"#
    #expect(try refusal(file(most, count: 4), in: folder) == nil)
}
