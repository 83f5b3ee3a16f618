/// The weights of a convolution that adds and multiplies whole numbers, and what makes reals of its sums.
///
/// An input x counts as the whole number round(x / `inputScale`), limited to 0…255; ties round to even. A sum s of
/// products with the whole weights, exact, stands for `inputScale · scales[o] · s + bias[o]`.
public struct QuantizedKernel: Sendable {
    /// Whole numbers of at most ``weightLimit``, `[height × width × input × output]`.
    public let weights: Tensor
    /// What one unit of the weights stands for, `[output]`.
    public let scales: [Float]
    /// Added to the result, `[output]`, in its own units.
    public let bias: [Float]
    /// What one unit of the input stands for.
    public let inputScale: Float
    /// What one unit of the result stands for, which is then limited to 0…255 of them, after a ReLU or none; nil
    /// leaves the result as it is.
    public let outputScale: Float?
    /// The result's units for one unit of the sum, `[output]`.
    public let multipliers: [Float]
    /// The bias in units of the sum, `[output]`.
    public let offsets: Tensor

    /// The greatest size of a weight: 255 · 64 twice still fits the 16 bits in which processors without VNNI add
    /// two products.
    public static let weightLimit: Float = 64

    /// Groups the parts; all scales are positive.
    public init(
        weights: Tensor, scales: [Float], bias: [Float], inputScale: Float, outputScale: Float? = nil
    ) {
        precondition(
            weights.shape.rank == 4 && scales.count == weights.shape.last && bias.count == scales.count,
            "a kernel \(weights.shape) with \(scales.count) scales and a bias of \(bias.count)")
        (self.weights, self.scales, self.bias) = (weights, scales, bias)
        (self.inputScale, self.outputScale) = (inputScale, outputScale)
        multipliers = scales.map { inputScale * $0 / (outputScale ?? 1) }
        offsets = Tensor(
            zip(bias, scales).map { $0 / (inputScale * $1) }, shape: [scales.count], on: weights.device)
    }

    /// The whole numbers nearest to real weights `[height × width × input × output]`, each output by a scale of its
    /// own: its greatest weight becomes ``weightLimit``.
    public init(rounding kernel: Tensor, bias: [Float], inputScale: Float) {
        let whole = WholeNumbers(
            rounding: kernel.scalars, places: kernel.shape.last, limit: Self.weightLimit)
        self.init(
            weights: Tensor(whole: WholeNumbers(whole.numbers), shape: kernel.shape, on: kernel.device),
            scales: whole.units, bias: bias, inputScale: inputScale)
    }

    /// The same kernel whose result is counted in other units.
    public func rescaled(output scale: Float?) -> QuantizedKernel {
        QuantizedKernel(
            weights: weights, scales: scales, bias: bias, inputScale: inputScale, outputScale: scale)
    }

    /// Stops the program where a result is to be rounded after an activation that does not keep a common factor.
    public func requireRounding(after activation: Activation) {
        precondition(
            outputScale == nil || activation == .relu || activation == .identity,
            "a quantised convolution rounds its result after a ReLU or the sum itself, not after \(activation)"
        )
    }

    /// The real weights that the whole ones stand for.
    public var realWeights: Tensor {
        let values = WholeNumbers(weights.wholeNumbers, units: scales).scalars
        return Tensor(values, shape: weights.shape, on: weights.device)
    }
}
