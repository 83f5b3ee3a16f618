public import Tensors

/// A differentiable map from one tensor to another.
///
/// The verb decides: calling a layer infers and never changes it, so threads can share it; `forward` and `backward`
/// train. Layers are values: `let best = model` is a snapshot.
public protocol Layer: Parameterized {
    /// The values that `backward` needs from its `forward`.
    associatedtype Cache: Sendable

    /// The shape of the output for an input of the given shape.
    func outputShape(for input: Shape) -> Shape
    /// The output in inference.
    func callAsFunction(_ input: Tensor) -> Tensor
    /// The output in training, and the cache for the backward pass.
    mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache)
    /// The gradient for the input; stores the parameters' gradients in the parameters.
    mutating func backward(_ outputGradient: Tensor, _ cache: consuming Cache) -> Tensor
}

/// A sequence of layers is a layer.
extension Array: Layer where Element: Layer {
    /// The output shape of the last layer.
    public func outputShape(for input: Shape) -> Shape { reduce(input) { $1.outputShape(for: $0) } }

    /// Applies the layers one after the other.
    public func callAsFunction(_ input: Tensor) -> Tensor { reduce(input) { $1($0) } }

    /// Applies the layers one after the other, with their caches.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: [Element.Cache]) {
        var output = input
        var caches: [Element.Cache] = []
        for index in indices {
            let (next, cache) = self[index].forward(output)
            output = next
            caches.append(cache)
        }
        return (output, caches)
    }

    /// The layers from the last to the first; each cache is freed after its use.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming [Element.Cache]) -> Tensor {
        var gradient = outputGradient
        for index in indices.reversed() { gradient = self[index].backward(gradient, cache.removeLast()) }
        return gradient
    }
}
