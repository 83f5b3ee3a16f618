import Files
public import Foundation
import Neural
public import Tensors

/// A trained recogniser in one safetensors file: weights, configuration, alphabet and preprocessing.
public struct Checkpoint: Sendable {
    /// The network with its weights.
    public var model: CRNN
    /// Its classes.
    public var alphabet: Alphabet
    /// What it expects of images.
    public var preprocessor: Preprocessor
    /// Further texts of the header, such as what resuming needs.
    public var notes: [String: String]
    /// Further tensors, such as an optimizer's; their names do not clash with the model's.
    public var extraTensors: [String: Tensor]

    /// Groups what belongs to a trained model.
    public init(
        model: CRNN, alphabet: Alphabet, preprocessor: Preprocessor, notes: [String: String] = [:],
        extraTensors: [String: Tensor] = [:]
    ) {
        self.model = model
        self.alphabet = alphabet
        self.preprocessor = preprocessor
        self.notes = notes
        self.extraTensors = extraTensors
    }

    /// Reads a checkpoint; its tensors live on `device`.
    public init(reading path: String, on device: any Device) throws(CheckpointError) {
        try self.init(SafetensorsFile(reading: path, on: device), named: path, on: device)
    }

    /// The checkpoint that a file's bytes hold, such as one that is part of a program; `name` stands for its path
    /// in errors.
    public init(_ bytes: Data, named name: String, on device: any Device) throws(CheckpointError) {
        let file: SafetensorsFile
        do { file = try SafetensorsFile(ByteSource(bytes), on: device) } catch {
            throw CheckpointError(path: name, because: error)
        }
        try self.init(file, named: name, on: device)
    }

    private init(_ file: SafetensorsFile, named path: String, on device: any Device) throws(CheckpointError) {
        var file = file
        guard file.metadata.removeValue(forKey: "format") == "crnn" else {
            throw CheckpointError(
                path: path,
                reason: "is a safetensors file, but not a crnn checkpoint; give one that `crnn train` wrote")
        }
        do {
            let configuration: CRNNConfiguration = try file.value("configuration")
            alphabet = try file.value("alphabet")
            preprocessor = try file.value("preprocessing")
            try configuration.validate()
            try configuration.validate(preprocessor)
            try file.checkSize(of: configuration, classes: alphabet.classes)
            var none = NoRandomness()
            model = try CRNN(configuration, classes: alphabet.classes, on: device, using: &none)
        } catch {
            throw CheckpointError(
                path: path, reason: "has a header that cannot be used (\(error)); train or export it again")
        }
        do {
            try file.move(into: &model)
            try file.moveQuantization(into: &model)
        } catch { throw CheckpointError(path: path, because: error) }
        notes = file.metadata
        extraTensors = file.tensors
    }

    /// Writes the checkpoint atomically, its scalars stored as `format`.
    public func write(to path: String, as format: ScalarFormat = .float32) throws(CheckpointError) {
        var file = SafetensorsFile(metadata: notes, tensors: extraTensors)
        file.insert(model)
        file.metadata["format"] = "crnn"
        do {
            try file.set("configuration", model.configuration)
            try file.set("alphabet", alphabet)
            try file.set("preprocessing", preprocessor)
            try file.insertQuantization(of: model)
        } catch {
            throw CheckpointError(path: path, because: error)
        }
        try file.write(to: path, as: format)
    }

    /// A recogniser over the model.
    public var recognizer: Recognizer {
        Recognizer(
            model: model, alphabet: alphabet, preprocessor: preprocessor,
            on: model.classifier.kernel.value.device)
    }
}

extension SafetensorsFile {
    /// A value that stands in the header as JSON; throws where it is missing or malformed.
    public mutating func value<Value: Decodable>(_ key: String) throws -> Value {
        guard let text = metadata.removeValue(forKey: key) else {
            throw HeaderError(description: "“\(key)” is missing")
        }
        do {
            return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw HeaderError(description: "“\(key)”: \(JSONText.reason(of: error))")
        }
    }

    /// Puts a value into the header as JSON.
    public mutating func set(_ key: String, _ value: some Encodable) throws {
        metadata[key] = try JSONText.encoder().encodedText(value)
    }

    /// Throws where the file has too few scalars for a network, before memory is taken for it.
    fileprivate func checkSize(of configuration: CRNNConfiguration, classes: Int) throws {
        let found = tensors.values.reduce(0) { $0 + $1.shape.count }
        let needed = configuration.parameterCount(classes: classes)
        guard needed <= found else {
            throw HeaderError(
                description: "its network needs \(needed) parameters, and the file holds \(found)")
        }
    }
}

private struct HeaderError: Error, CustomStringConvertible {
    let description: String
}
