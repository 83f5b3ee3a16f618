internal import Requirements

/// The int8 weights of a convolution in integer arithmetic, with the quantization scales of input, weights and output.
///
/// The input is quantized to uint8: x becomes round(x / `inputScale`), clamped to 0…255; ties round to even. An exact
/// integer sum s of products dequantizes to `inputScale · scales[o] · s + bias[o]`.
public struct QuantizedKernel: Sendable {
    /// Integers of magnitude up to ``weightLimit``, `[height × width × input × output]`.
    public let weights: Tensor
    /// The quantization scale of each output's weights, `[output]`.
    public let scales: [Float]
    /// Added to the dequantized sums, `[output]`.
    public let bias: [Float]
    /// The quantization scale of the input.
    public let inputScale: Float
    /// The quantization scale of the output, which is then uint8; nil leaves the output in floats.
    public let outputScale: Float?
    /// The factor from sums to outputs, in units of the output scale if there is one, `[output]`.
    public let multipliers: [Float]
    /// The bias in units of the integer sums, `[output]`.
    public let offsets: Tensor

    /// The largest magnitude of a weight: 2 · 255 · 64 still fits the 16 bits in which processors without VNNI add two
    /// products.
    public static let weightLimit: Float = 64

    /// Groups the parts; all scales are positive.
    public init(
        weights: Tensor, scales: [Float], bias: [Float], inputScale: Float, outputScale: Float? = nil
    ) {
        require(
            weights.shape.rank == 4 && scales.count == weights.shape.last && bias.count == scales.count,
            "a kernel \(weights.shape) with \(scales.count) scales and a bias of \(bias.count)")
        (self.weights, self.scales, self.bias) = (weights, scales, bias)
        (self.inputScale, self.outputScale) = (inputScale, outputScale)
        multipliers = scales.map { inputScale * $0 / (outputScale ?? 1) }
        offsets = Tensor(
            zip(bias, scales).map { $0 / (inputScale * $1) }, shape: [scales.count], on: weights.device)
    }

    /// Quantizes float weights `[height × width × input × output]`, with one scale for each output: its largest weight
    /// becomes ``weightLimit``.
    public init(quantizing kernel: Tensor, bias: [Float], inputScale: Float) {
        let values = Int8Values(
            quantizing: kernel.scalars, columns: kernel.shape.last, limit: Self.weightLimit)
        self.init(
            weights: Tensor(int8: Int8Values(values.integers), shape: kernel.shape, on: kernel.device),
            scales: values.scales, bias: bias, inputScale: inputScale)
    }

    /// The same kernel with another quantization scale of the output; nil for floats.
    public func rescaled(output scale: Float?) -> QuantizedKernel {
        QuantizedKernel(
            weights: weights, scales: scales, bias: bias, inputScale: inputScale, outputScale: scale)
    }

    /// Traps if the output is to be quantized after an activation other than a ReLU: only a ReLU commutes with scaling.
    public func requireRounding(after activation: Activation) {
        require(
            outputScale == nil || activation == .relu || activation == .identity,
            "a quantized convolution quantizes its output after a ReLU or no activation, not after \(activation)"
        )
    }

    /// The weights as floats.
    public var dequantizedWeights: Tensor {
        let values = Int8Values(weights.int8Values, scales: scales).scalars
        return Tensor(values, shape: weights.shape, on: weights.device)
    }
}
