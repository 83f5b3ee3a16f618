public import Tensors

/// The maximum in each window of an image, optionally followed by a ReLU.
///
/// A ReLU after pooling gives the same result as one before it, for fewer values, and the backward pass does not need
/// the values before pooling.
public struct MaxPooling2D: Layer {
    /// Size, strides and padding.
    public let window: Window
    /// Whether a ReLU follows.
    public let relu: Bool

    /// Pools over the given window.
    public init(_ window: Window, relu: Bool = false) {
        self.window = window
        self.relu = relu
    }

    /// One output for each window.
    public func outputShape(for input: Shape) -> Shape { window.outputShape(of: input, channels: input[3]) }

    /// `[batch × height × width × channel]` to the same with smaller height and width.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        input.device.maxPooling(input, window, relu: relu)
    }

    /// As inference; caches the winners.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache) {
        let (output, workspace) = input.device.maxPoolingForward(input, window, relu: relu)
        return (output, Cache(inputShape: input.shape, workspace: workspace))
    }

    /// Each output's gradient goes to its winner.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Cache) -> Tensor {
        outputGradient.device.maxPoolingBackward(
            outputGradient, inputShape: cache.inputShape, window, cache.workspace)
    }

    /// There are no parameters.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {}

    /// The values that the backward pass needs.
    public struct Cache: Sendable {
        let inputShape: Shape
        let workspace: Workspace
    }
}
