import Neural
import Tensors

extension CRNN {
    /// The indices of the convolutions that compute in int8.
    public var quantizedConvolutions: [Int] {
        convolutions.indices.filter { convolutions[$0].convolution.quantized != nil }
    }

    /// The indices of the recurrent layers with int8 kernels.
    public var quantizedRecurrence: [Int] {
        recurrence.indices.filter { recurrence[$0].scans.allSatisfy(\.isQuantized) }
    }

    /// The network for inference in int8.
    ///
    /// All convolutions but the first, whose input is the image, and the kernels of the recurrent layers are quantized.
    /// Batch normalization is folded before. The classifier stays in floats.
    public func quantized(by calibration: Calibration) -> CRNN {
        var network = foldedForInference()
        for (index, scale) in zip(network.convolutions.indices.dropFirst(), calibration.scales) {
            let convolution = network.convolutions[index].convolution
            network.convolutions[index].convolution = convolution.quantized(inputScale: scale)
        }
        network.joinQuantizedConvolutions()
        for index in recurrence.indices { network.recurrence[index].changeScans { $0.quantized() } }
        return network
    }

    /// The network in floats, with dequantized weights.
    public func dequantized() -> CRNN {
        var network = self
        for index in convolutions.indices {
            network.convolutions[index].convolution = convolutions[index].convolution.dequantized
        }
        for index in quantizedRecurrence { network.recurrence[index].changeScans(\.dequantized) }
        return network
    }

    /// Sets the output of each quantized convolution: int8 if the next convolution is quantized, otherwise floats.
    mutating func joinQuantizedConvolutions() {
        let inputScales = convolutions.map { $0.convolution.quantized?.inputScale }
        for (index, scale) in zip(convolutions.indices, inputScales.dropFirst() + [nil]) {
            convolutions[index].convolution.setOutputScale(scale)
        }
    }
}

extension Bidirectional {
    fileprivate var scans: [Scan] { [forwardScan, backwardScan] }

    fileprivate mutating func changeScans(_ change: (Scan) -> Scan) {
        (forwardScan, backwardScan) = (change(forwardScan), change(backwardScan))
    }
}
