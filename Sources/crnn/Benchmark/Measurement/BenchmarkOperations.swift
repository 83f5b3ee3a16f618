import Neural
import Recognition
import Tensors

/// The number of multiplications and additions of one layer for one image, with direct convolution.
struct LayerOperations {
    let name: String
    let forward: Double
    /// The operations for the gradients of weights and input.
    let backward: Double
}

extension CRNN {
    /// The operations of each layer for an image of the given width. Biases, activations, normalization and pooling
    /// are not counted; they amount to a thousandth.
    func operations(width: Int) -> [LayerOperations] {
        let images: Shape = [1, configuration.height, width, 1]
        let features = convolutions.outputShape(for: images)
        let counts =
            convolutionOperations(images)
            + recurrenceOperations(frames: features[2], inputs: features[3])
            + [features[2] * 2 * classifier.kernel.value.shape.count]
        return zip(layers, counts).enumerated().map { index, layer in
            let needsInputGradient = index > 0 || convolutions[0].convolution.needsInputGradient
            return LayerOperations(
                name: layer.0.name, forward: Double(layer.1),
                backward: Double(layer.1) * (needsInputGradient ? 2 : 1))
        }
    }

    private func convolutionOperations(_ images: Shape) -> [Int] {
        var input = images
        return convolutions.map { block in
            let output = block.convolution.outputShape(for: input)
            input = block.outputShape(for: input)
            return 2 * output[1] * output[2] * block.convolution.kernel.value.shape.count
        }
    }

    /// Two directions with four gates each; each gate is a product with the input and one with the state.
    private func recurrenceOperations(frames: Int, inputs: Int) -> [Int] {
        let units = configuration.recurrentUnits
        return recurrence.indices.map { index in
            let inputs = index == 0 ? inputs : 2 * units
            return 2 * frames * 2 * 4 * units * (inputs + units)
        }
    }
}
