import Neural
import Tensors

extension CRNN {
    /// The convolutions that compute with whole numbers, counted from 0.
    public var quantizedConvolutions: [Int] {
        convolutions.indices.filter { convolutions[$0].convolution.quantized != nil }
    }

    /// The same network for inference, its convolutions in whole numbers of 8 bits but for the first, whose input
    /// is the image. Batch normalisation is folded beforehand; recurrence and classifier stay as they are.
    public func quantized(by calibration: Calibration) -> CRNN {
        var network = foldedForInference()
        for (index, scale) in zip(network.convolutions.indices.dropFirst(), calibration.scales) {
            let convolution = network.convolutions[index].convolution
            network.convolutions[index].convolution = convolution.quantized(inputScale: scale)
        }
        network.joinQuantizedConvolutions()
        return network
    }

    /// The same network with all convolutions in floats, of the weights that the whole numbers stand for.
    public func dequantized() -> CRNN {
        var network = self
        for index in convolutions.indices {
            network.convolutions[index].convolution = convolutions[index].convolution.dequantized
        }
        return network
    }

    /// Lets each quantised convolution hand over what the next one takes: whole numbers, or floats where that one
    /// computes with floats.
    mutating func joinQuantizedConvolutions() {
        let inputScales = convolutions.map { $0.convolution.quantized?.inputScale }
        for (index, scale) in zip(convolutions.indices, inputScales.dropFirst() + [nil]) {
            convolutions[index].convolution.setOutputScale(scale)
        }
    }
}
