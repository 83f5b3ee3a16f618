import Files
internal import Requirements
public import Tensors

/// Sets a random share of the scalars to zero in training and scales the others by 1 / (1 − share), so that inference
/// needs no scaling (Srivastava et al. 2014).
public struct Dropout: Layer {
    /// The share that is dropped, from 0 to below 1.
    public let share: Float
    private var generator: SeededGenerator

    /// Drops a share; the seed determines the mask of every pass.
    public init(_ share: Float, seed: UInt64) {
        require(0..<1 ~= share, "a dropout share of \(share), which is not from 0 to below 1")
        self.share = share
        generator = SeededGenerator(seed: seed)
    }

    /// The shape of the input.
    public func outputShape(for input: Shape) -> Shape { input }

    /// The input, unchanged.
    public func callAsFunction(_ input: Tensor) -> Tensor { input }

    /// The input times a new mask, which is cached.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Tensor?) {
        let mask = generator.masks(1, input.shape, dropping: share, on: input.device).first
        return (masked(input, mask), mask)
    }

    /// The gradient times the mask.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Tensor?) -> Tensor {
        masked(outputGradient, cache)
    }

    /// There are no parameters.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {}

    private func masked(_ input: Tensor, _ mask: Tensor?) -> Tensor {
        mask.map { input * $0 } ?? input
    }
}
