import Files
import Foundation
import Imaging
import Neural
import Recognition
import Tensors
import TestSupport

/// A small checkpoint with random weights from a fixed seed, and images for it.
enum TinyModel {
    /// A network with one recurrent layer for images 16 pixels high.
    static let configuration = CRNNConfiguration(
        height: 16,
        convolutions: [
            CRNNConfiguration.Convolution(channels: 4, pooling: .square),
            CRNNConfiguration.Convolution(channels: 8, isNormalized: true, pooling: .square),
            CRNNConfiguration.Convolution(channels: 8),
        ], recurrentUnits: 8, recurrentLayers: 1)

    /// Writes the checkpoint and returns its path. The weights are large, so that answers are not empty and differ
    /// between images.
    static func write(to path: String, alphabet: String = "0123456789abc") throws -> String {
        let device = ReferenceDevice()
        var generator = SeededGenerator(seed: 7)
        let alphabet = try Alphabet(characters: alphabet)
        var model = try CRNN(configuration, classCount: alphabet.classCount, on: device, using: &generator)
        let kernel = model.classifier.kernel.value
        model.classifier.kernel.value = Tensor(kernel.scalars.map { 8 * $0 }, shape: kernel.shape, on: device)
        try Checkpoint(model: model, alphabet: alphabet, preprocessor: Preprocessor(height: 16)).write(
            to: path)
        return path
    }

    /// An encoded image of stripes whose positions depend on `number`.
    static func png(_ number: Int, width: Int = 60, height: Int = 20) throws -> Data {
        let pixels = (0..<width * height).map { position in
            let (row, column) = (position / width, position % width)
            return UInt8(truncatingIfNeeded: (column * (3 + number % 5) + row * (number % 7)) * 5)
        }
        return Data(try Image(width: width, height: height, pixels: pixels).encodedPNG())
    }
}

/// A folder with a tiny model and images.
struct Gallery {
    let folder: TemporaryFolder
    let model: String

    /// A model, and images `0.png`, `1.png`, … of three widths.
    init(images count: Int = 0) throws {
        folder = try TemporaryFolder()
        model = try TinyModel.write(to: folder.path("model.safetensors"))
        for number in 0..<count {
            try write(TinyModel.png(number, width: 40 + number % 3 * 50), to: "\(number).png")
        }
    }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ content: Data, to name: String) throws -> String {
        let url = folder.url.appending(path: name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try content.write(to: url)
        return url.path(percentEncoded: false)
    }

    func path(_ name: String) -> String { folder.path(name) }

    /// Runs `predict` with the model.
    func predict(_ arguments: String..., input: Data = Data()) throws -> CommandOutcome {
        try run(["predict", "--model", model, "--threads", "1"] + arguments, input: input)
    }

    /// Runs `evaluate` with the model.
    func evaluate(_ arguments: String...) throws -> CommandOutcome {
        try run(["evaluate", "--model", model, "--threads", "1"] + arguments)
    }
}
