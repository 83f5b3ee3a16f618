import Files
import Neural
public import Recognition
import Tensors

/// A recognizer of digits with random weights, for images 16 pixels high. The classifier's weights are large, so that
/// answers are not empty and differ between images.
public func randomRecognizer() throws -> Recognizer {
    let configuration = CRNNConfiguration(
        height: 16,
        convolutions: [
            CRNNConfiguration.Convolution(channels: 4, pooling: .square),
            CRNNConfiguration.Convolution(channels: 4),
        ], recurrentUnits: 4, recurrentLayers: 1)
    let device = ReferenceDevice()
    var generator = SeededGenerator(seed: 3)
    let alphabet = try Alphabet(characters: "0123456789")
    var model = try CRNN(configuration, classCount: alphabet.classCount, on: device, using: &generator)
    let kernel = model.classifier.kernel.value
    model.classifier.kernel.value = Tensor(kernel.scalars.map { 8 * $0 }, shape: kernel.shape, on: device)
    return Recognizer(
        model: model, alphabet: alphabet, preprocessor: Preprocessor(height: 16, widthStep: 8), on: device)
}
