import Files
public import Foundation
import Neural
public import Tensors

/// A trained model in one safetensors file: weights, configuration, alphabet and preprocessing.
public struct Checkpoint: Sendable {
    /// The network with its weights.
    public var model: CRNN
    /// The symbols of its classes.
    public var alphabet: Alphabet
    /// Prepares images for the network.
    public var preprocessor: Preprocessor
    /// Further texts of the header, such as the state of a training.
    public var notes: [String: String]
    /// Further tensors, such as an optimizer's moments; their names must differ from those of the model's tensors.
    public var extraTensors: [String: Tensor]

    /// Creates a checkpoint of a model.
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

    /// Reads a checkpoint from the bytes of a file, such as one embedded in a program; errors give `name` as its path.
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
            try file.checkSize(of: configuration, classCount: alphabet.classCount)
            var none = NoRandomness()
            model = try CRNN(configuration, classCount: alphabet.classCount, on: device, using: &none)
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

    /// Writes the checkpoint atomically, with scalars in the given format.
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

    /// A recognizer with the model.
    public var recognizer: Recognizer {
        Recognizer(
            model: model, alphabet: alphabet, preprocessor: preprocessor,
            on: model.classifier.kernel.value.device)
    }
}

extension SafetensorsFile {
    /// Removes and returns a value stored as JSON in the header; throws if it is missing or malformed.
    public mutating func value<Value: Decodable>(_ key: String) throws -> Value {
        guard let text = metadata.removeValue(forKey: key) else {
            throw CheckpointError(reason: "“\(key)” is missing")
        }
        do {
            return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw CheckpointError(reason: "“\(key)”: \(JSONText.reason(of: error))")
        }
    }

    /// Stores a value as JSON in the header.
    public mutating func set(_ key: String, _ value: some Encodable) throws {
        metadata[key] = try JSONText.encoder().encodedText(value)
    }

    /// Throws if the file has too few scalars for a network, before memory is allocated for it.
    fileprivate func checkSize(of configuration: CRNNConfiguration, classCount: Int) throws {
        let found = tensors.values.reduce(0) { $0 + $1.shape.count }
        let needed = configuration.parameterCount(classCount: classCount)
        guard needed <= found else {
            throw CheckpointError(
                reason: "its network needs \(needed) parameters, and the file contains \(found)")
        }
    }
}
