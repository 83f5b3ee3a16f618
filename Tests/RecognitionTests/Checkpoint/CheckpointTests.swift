import Files
import Foundation
import Neural
import Recognition
import Tensors
import TestSupport
import Testing

private let device = ReferenceDevice()

/// A small model with everything that a checkpoint can hold.
private func sample() throws -> Checkpoint {
    var model = try network(tinyConfiguration(), classCount: 4, seed: 9)
    model.convolutions[4].normalization?.mean = Tensor([3, -4], shape: [2], on: device)
    return Checkpoint(
        model: model, alphabet: try Alphabet(["a", "é", "-"]),
        preprocessor: Preprocessor(height: 16, widthStep: 8, maximumWidth: 512),
        notes: ["step": "17", "state": #"{"a": [1, "b"]}"#],
        extraTensors: ["optimizer.first": Tensor([1, 2, 3], shape: [3], on: device)])
}

/// Reads a checkpoint from a changed file and returns the error; nil if it can be read.
private func refusal(_ change: (inout SafetensorsFile) throws -> Void) throws -> String? {
    let folder = try TemporaryFolder()
    let path = folder.path("model.safetensors")
    try sample().write(to: path)
    var file = try SafetensorsFile(reading: path, on: device)
    try change(&file)
    try file.write(to: path)
    do throws(CheckpointError) {
        _ = try Checkpoint(reading: path, on: device)
        return nil
    } catch {
        #expect(error.path == path)
        return error.reason
    }
}

@Test func aCheckpointComesBackWhole() throws {
    let folder = try TemporaryFolder()
    let (path, written) = (folder.path("model.safetensors"), try sample())
    try written.write(to: path)
    let read = try Checkpoint(reading: path, on: device)
    #expect(read.model.configuration == written.model.configuration)
    #expect(read.alphabet == written.alphabet)
    #expect(read.preprocessor == written.preprocessor)
    #expect(read.notes == written.notes)
    #expect(read.extraTensors.mapValues(\.scalars) == ["optimizer.first": [1, 2, 3]])
    let (before, after) = (Inventory(of: written.model), Inventory(of: read.model))
    #expect(after.parameters.mapValues { $0.bytes() } == before.parameters.mapValues { $0.bytes() })
    #expect(after.statistics.mapValues { $0.bytes() } == before.statistics.mapValues { $0.bytes() })
    #expect(after.statistics["convolutions.4.normalization.mean"]?.scalars == [3, -4])
}

@Test func aCheckpointReadsAsItsModelDid() throws {
    let folder = try TemporaryFolder()
    let checkpoint = try sample()
    try checkpoint.write(to: folder.path("model"))
    let images = [waves(40, 16), waves(90, 30, 1)]
    let read = try Checkpoint(reading: folder.path("model"), on: device).recognizer.read(images)
    #expect(try read == checkpoint.recognizer.read(images))
}

@Test func anUnchangedFileIsRead() throws {
    #expect(try refusal { _ in } == nil)
}

@Test func foreignSafetensorsAreRefused() throws {
    let words = "not a crnn checkpoint; give one that `crnn train` wrote"
    #expect(try refusal { $0.metadata["format"] = "pt" }?.contains(words) == true)
    #expect(try refusal { $0.metadata = [:] }?.contains(words) == true)
}

@Test func missingTensorsAreNamed() throws {
    #expect(
        try refusal { $0.tensors["classifier.bias"] = nil }?.contains("lacks the tensor classifier.bias; ")
            == true)
    let renamed = try refusal { file in
        file.tensors["other"] = file.tensors.removeValue(forKey: "classifier.bias")
    }
    #expect(renamed?.contains("lacks the tensor classifier.bias; ") == true)
}

@Test func wrongShapesAreNamed() throws {
    let error = try refusal {
        $0.tensors["classifier.bias"] = Tensor([1, 2, 3, 4], shape: [2, 2], on: device)
    }
    #expect(error?.contains("classifier.bias of shape 2×2, but its configuration needs 4") == true)
}

@Test(arguments: ["configuration", "alphabet", "preprocessing"])
func missingAndMalformedHeadersAreNamed(key: String) throws {
    #expect(try refusal { $0.metadata[key] = nil }?.contains("“\(key)” is missing") == true)
    for text in ["", "{", "7", "[]", "{}", "null", #"{"height": "x"}"#] {
        let error = try refusal { $0.metadata[key] = text }
        #expect(
            error?.contains(key == "alphabet" && text == "[]" ? "at least one symbol" : "“\(key)”") == true)
        #expect(error?.contains("CodingKeys") == false, "\(error ?? "")")
    }
}

@Test func hugeNetworksAreRefusedBeforeTheyTakeMemory() throws {
    let error = try refusal { file in
        var configuration = CRNNConfiguration.paper(height: 16)
        for index in configuration.convolutions.indices {
            configuration.convolutions[index].channels = 65_536
        }
        configuration.recurrentUnits = 65_536
        try file.set("configuration", configuration)
    }
    #expect(error?.contains("parameters, and the file contains") == true)
}

@Test func impossibleNetworksAreRefused() throws {
    let tall = try refusal { try $0.set("configuration", tinyConfiguration(height: 24)) }
    #expect(tall?.contains("height 24 is not a multiple of 16") == true)
    let other = try refusal { try $0.set("preprocessing", Preprocessor(height: 32)) }
    #expect(other?.contains("it reads images of height 16, but they are prepared with height 32") == true)
    let narrow = try refusal { try $0.set("preprocessing", Preprocessor(height: 16, widthStep: 2)) }
    #expect(narrow?.contains("width step") == true)
}

@Test func aLargerAlphabetDoesNotFitTheWeights() throws {
    let error = try refusal { try $0.set("alphabet", ["a", "b"]) }
    #expect(error?.contains("classifier.") == true && error?.contains("shape") == true)
}

@Test func noDamagedCheckpointCrashes() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("model")
    try sample().write(to: path)
    let whole = try Data(contentsOf: URL(filePath: path))
    let header = 8 + Int(whole[0]) + 256 * Int(whole[1])
    var generator = SeededGenerator(seed: 7)
    var refused = 0
    for _ in 0..<600 {
        var damaged = whole
        let digits = Array("0123456789-".utf8)
        damaged[Int.random(in: 8..<header, using: &generator)] = digits.randomElement(using: &generator) ?? 0
        try damaged.write(to: URL(filePath: path))
        do throws(CheckpointError) {
            let recognizer = try Checkpoint(reading: path, on: device).recognizer
            #expect((try? recognizer.read([])) == [])
        } catch { refused += 1 }
    }
    #expect(refused > 300, "\(refused) of 600 damaged headers were refused")
}
