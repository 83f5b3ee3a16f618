internal import Requirements
public import Tensors

/// Applies one layer to every step of a sequence, after Keras' `TimeDistributed`.
///
/// All steps of all samples form one batch; batch normalization, for example, takes its statistics over all of them.
public struct TimeDistributed<Inner: Layer>: Layer {
    /// The layer that is applied to each step `[batch × …]`.
    public var layer: Inner

    /// Applies the given layer to each step.
    public init(_ layer: Inner) { self.layer = layer }

    /// `[batch × time × …]`, with the layer's output shape for each step.
    public func outputShape(for input: Shape) -> Shape {
        sequenceShape(layer.outputShape(for: input.allSteps), input)
    }

    /// The layer's outputs for each step, as `[batch × time × …]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        sequence(layer(steps(input)), input.shape)
    }

    /// The layer's forward pass over all steps.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache) {
        let (output, cache) = layer.forward(steps(input))
        return (sequence(output, input.shape), Cache(inner: cache, input: input.shape, output: output.shape))
    }

    /// The gradient for the sequence.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Cache) -> Tensor {
        let gradient = outputGradient.reshaped(to: cache.output)
        return layer.backward(gradient, cache.inner).reshaped(to: cache.input)
    }

    /// Visits the layer.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        layer.visitParameters(&visitor)
    }

    /// The values that the backward pass needs.
    public struct Cache: Sendable {
        let inner: Inner.Cache
        let input: Shape
        /// The layer's output for all steps.
        let output: Shape
    }

    private func steps(_ input: Tensor) -> Tensor {
        input.reshaped(to: input.shape.allSteps)
    }

    private func sequence(_ output: Tensor, _ input: Shape) -> Tensor {
        output.reshaped(to: sequenceShape(output.shape, input))
    }

    private func sequenceShape(_ output: Shape, _ input: Shape) -> Shape {
        Shape([input[0], input[1]] + output.dimensions.dropFirst())
    }
}

extension Shape {
    /// The shape `[batch·time × …]` of the steps of all samples of a sequence of this shape.
    fileprivate var allSteps: Shape {
        require(rank >= 3, "a layer can be applied to the steps of [batch × time × …], not of \(self)")
        return Shape([self[0] * self[1]] + dimensions.dropFirst(2))
    }
}
