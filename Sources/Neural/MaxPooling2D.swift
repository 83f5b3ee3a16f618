public import Tensors

/// The maximum in each window of an image, then the ReLU where wanted.
///
/// A ReLU after pooling gives what one before it gives, for fewer values; and what came before the pooling need not
/// be kept for the backward pass.
public struct MaxPooling2D: Layer {
    /// Size, strides and padding.
    public let window: Window
    /// Whether the ReLU follows.
    public let relu: Bool

    /// Pools over the given window.
    public init(_ window: Window, relu: Bool = false) {
        self.window = window
        self.relu = relu
    }

    /// One output per window.
    public func outputShape(for input: Shape) -> Shape { window.outputShape(of: input, channels: input[3]) }

    /// `[batch × height × width × channel]` to the same with smaller height and width.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        input.device.maxPooling(input, window, relu: relu)
    }

    /// As inference; remembers the winners.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache) {
        let (output, workspace) = input.device.maxPoolingForward(input, window, relu: relu)
        return (output, Cache(inputShape: input.shape, workspace: workspace))
    }

    /// Each output's gradient goes to its winner.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Cache) -> Tensor {
        outputGradient.device.maxPoolingBackward(
            outputGradient, inputShape: cache.inputShape, window, cache.workspace)
    }

    /// There are none.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {}

    /// What the backward pass needs.
    public struct Cache: Sendable {
        let inputShape: Shape
        let workspace: Workspace
    }
}
