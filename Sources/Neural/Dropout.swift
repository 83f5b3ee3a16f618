import Files
public import Tensors

/// Leaves out a share of the scalars in training, by chance, and scales the others by 1 / (1 − share), so that
/// inference needs nothing (Srivastava et al. 2014).
public struct Dropout: Layer {
    /// The share that is left out, from 0 to below 1.
    public let share: Float
    private var generator: SeededGenerator

    /// Leaves out a share; the seed decides what, pass by pass.
    public init(_ share: Float, seed: UInt64) {
        precondition(0..<1 ~= share, "a share of \(share) to leave out")
        self.share = share
        generator = SeededGenerator(seed: seed)
    }

    /// The input's.
    public func outputShape(for input: Shape) -> Shape { input }

    /// The input as it is.
    public func callAsFunction(_ input: Tensor) -> Tensor { input }

    /// The input times a new mask, which is kept.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Tensor?) {
        let mask = generator.masks(1, input.shape, leavingOut: share, on: input.device).first
        return (masked(input, mask), mask)
    }

    /// The gradient of what was kept.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Tensor?) -> Tensor {
        masked(outputGradient, cache)
    }

    /// There are none.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {}

    private func masked(_ input: Tensor, _ mask: Tensor?) -> Tensor {
        mask.map { input.device.product(input, $0) } ?? input
    }
}
