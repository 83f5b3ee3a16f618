public import Tensors

/// A differentiable map from one tensor to another.
///
/// The verb decides: calling a layer infers and never changes it, so that threads can share it; `forward` and
/// `backward` train. Layers are values: `let best = model` is a snapshot.
public protocol Layer: Parameterized {
    /// What `backward` needs from its `forward`.
    associatedtype Cache: Sendable

    /// The shape of the output for an input of the given shape.
    func outputShape(for input: Shape) -> Shape
    /// The output in inference.
    func callAsFunction(_ input: Tensor) -> Tensor
    /// The output in training, and what the backward pass needs.
    mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache)
    /// The gradient for the input; the parameters' gradients are left in the parameters.
    mutating func backward(_ outputGradient: Tensor, _ cache: consuming Cache) -> Tensor
}

/// A value with parameters that can be visited by name.
public protocol Parameterized: Sendable {
    /// Visits every parameter and running statistic, always in the same order.
    mutating func visitParameters(_ visitor: inout some ParameterVisitor)
}

/// One traversal that serves optimizers, clipping, checkpoints and summaries.
public protocol ParameterVisitor {
    /// The names from the root to the value being visited; kept by `visit(_:named:)`.
    var path: [String] { get set }
    /// Meets a learned parameter.
    mutating func visit(_ parameter: inout Parameter)
    /// Meets a running statistic: kept with the model, but not learned.
    mutating func visit(statistic: inout Tensor)
}

extension ParameterVisitor {
    /// The names joined by dots, as in `classifier.kernel`.
    public var name: String { path.joined(separator: ".") }

    /// Most visitors pass statistics by.
    public mutating func visit(statistic: inout Tensor) {}

    /// Meets a parameter under its name.
    public mutating func visit(_ parameter: inout Parameter, named name: String) {
        path.append(name)
        visit(&parameter)
        path.removeLast()
    }

    /// Meets a running statistic under its name.
    public mutating func visit(statistic: inout Tensor, named name: String) {
        path.append(name)
        visit(statistic: &statistic)
        path.removeLast()
    }

    /// Walks through a part under its name.
    public mutating func visit(_ part: inout some Parameterized, named name: String) {
        path.append(name)
        part.visitParameters(&self)
        path.removeLast()
    }
}

/// A learned tensor and its gradient.
public struct Parameter: Sendable {
    /// What the layer computes with.
    public var value: Tensor
    /// The gradient that the last backward pass left here.
    public var gradient: Tensor?

    /// Added to the loss.
    public let regularizer: Regularizer?
    /// Imposed after each step of an optimizer.
    public let constraint: Constraint?

    /// A parameter without a gradient yet.
    public init(_ value: Tensor, regularizer: Regularizer? = nil, constraint: Constraint? = nil) {
        self.value = value
        self.regularizer = regularizer
        self.constraint = constraint
    }

    /// A parameter by rules: its first values are drawn.
    init(
        _ shape: Shape, _ rules: ParameterRules, on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        self.init(
            rules.initializer.tensor(shape, on: device, using: &generator), regularizer: rules.regularizer,
            constraint: rules.constraint)
    }
}

extension Array: Parameterized where Element: Parameterized {
    /// Visits each element under its index.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        for index in indices { visitor.visit(&self[index], named: String(index)) }
    }
}

/// A stack of layers is a layer.
extension Array: Layer where Element: Layer {
    /// The last layer's.
    public func outputShape(for input: Shape) -> Shape { reduce(input) { $1.outputShape(for: $0) } }

    /// The layers one after the other.
    public func callAsFunction(_ input: Tensor) -> Tensor { reduce(input) { $1($0) } }

    /// The layers one after the other, with their caches.
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

    /// The layers from the last to the first; each cache is freed once used.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming [Element.Cache]) -> Tensor {
        var gradient = outputGradient
        for index in indices.reversed() { gradient = self[index].backward(gradient, cache.removeLast()) }
        return gradient
    }
}
