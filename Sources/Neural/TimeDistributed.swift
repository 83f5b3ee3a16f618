public import Tensors

/// Applies a layer to every step of a sequence alike, after Keras' `TimeDistributed`.
///
/// All steps of all samples pass at once, as one batch: a layer that looks at its batch, as batch normalisation
/// does, sees them together.
public struct TimeDistributed<Inner: Layer>: Layer {
    /// What is applied to each step `[batch × …]`.
    public var layer: Inner

    /// Applies the given layer to each step.
    public init(_ layer: Inner) { self.layer = layer }

    /// `[batch × time × …]`, the inner layer's for each step.
    public func outputShape(for input: Shape) -> Shape {
        sequenceShape(layer.outputShape(for: input.allSteps), input)
    }

    /// The layer's outputs for each step, as `[batch × time × …]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        sequence(layer(steps(input)), input.shape)
    }

    /// As the layer trains.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache) {
        let (output, cache) = layer.forward(steps(input))
        return (sequence(output, input.shape), Cache(inner: cache, input: input.shape, output: output.shape))
    }

    /// The gradient for the sequence.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Cache) -> Tensor {
        let device = outputGradient.device
        let gradient = device.reshaped(outputGradient, to: cache.output)
        return device.reshaped(layer.backward(gradient, cache.inner), to: cache.input)
    }

    /// Visits the layer.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        layer.visitParameters(&visitor)
    }

    /// What the backward pass needs.
    public struct Cache: Sendable {
        let inner: Inner.Cache
        let input: Shape
        /// Of all steps.
        let output: Shape
    }

    private func steps(_ input: Tensor) -> Tensor {
        input.device.reshaped(input, to: input.shape.allSteps)
    }

    private func sequence(_ output: Tensor, _ input: Shape) -> Tensor {
        output.device.reshaped(output, to: sequenceShape(output.shape, input))
    }

    private func sequenceShape(_ output: Shape, _ input: Shape) -> Shape {
        Shape([input[0], input[1]] + output.dimensions.dropFirst())
    }
}

extension Shape {
    /// The shape `[batch·time × …]` of the steps of all samples of a sequence of this shape.
    fileprivate var allSteps: Shape {
        precondition(rank >= 3, "a sequence to apply a layer to is [batch × time × …], not \(self)")
        return Shape([self[0] * self[1]] + dimensions.dropFirst(2))
    }
}
