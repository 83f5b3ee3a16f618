import Neural
import Tensors

extension CRNN {
    /// The convolutions that compute with whole numbers, counted from 0.
    public var quantizedConvolutions: [Int] {
        convolutions.indices.filter { convolutions[$0].convolution.quantized != nil }
    }

    /// The recurrent layers whose kernels are whole numbers, counted from 0.
    public var quantizedRecurrence: [Int] {
        recurrence.indices.filter { recurrence[$0].scans.allSatisfy(\.isQuantized) }
    }

    /// The same network for inference in whole numbers of 8 bits: its convolutions but for the first, whose input is
    /// the image, and its recurrent layers' kernels. Batch normalisation is folded beforehand; the classifier stays
    /// as it is.
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

    /// The same network in floats, of the weights that the whole numbers stand for.
    public func dequantized() -> CRNN {
        var network = self
        for index in convolutions.indices {
            network.convolutions[index].convolution = convolutions[index].convolution.dequantized
        }
        for index in quantizedRecurrence { network.recurrence[index].changeScans(\.dequantized) }
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

extension Bidirectional {
    fileprivate var scans: [Scan] { [forwardScan, backwardScan] }

    fileprivate mutating func changeScans(_ change: (Scan) -> Scan) {
        (forwardScan, backwardScan) = (change(forwardScan), change(backwardScan))
    }
}
