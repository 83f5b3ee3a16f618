public import Tensors

/// The range of the inputs of a network's convolutions, observed on images; it determines the int8 scales.
public struct Calibration: Sendable {
    private let model: CRNN
    /// The inputs of each convolution after the first.
    private var histograms: [Histogram]

    /// Creates a calibration without observations. The network's batch normalization is folded.
    public init(of model: CRNN) {
        self.model = model.foldedForInference().dequantized()
        histograms = model.convolutions.dropFirst().map { _ in Histogram() }
    }

    /// Observes a batch of prepared images `[batch × height × width × 1]`.
    public mutating func observe(_ images: Tensor) {
        var values = images
        for (index, layer) in model.layers.prefix(histograms.count).enumerated() {
            values = model.output(of: layer, values)
            histograms[index].add(values.scalars)
        }
    }

    /// For each convolution after the first, the scale of its input: the value of one of 255 steps.
    public var scales: [Float] { histograms.map { $0.commonLimit / 255 } }
}
