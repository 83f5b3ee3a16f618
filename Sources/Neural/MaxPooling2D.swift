public import Tensors

/// The maximum in each window of an image.
public struct MaxPooling2D: Layer {
    /// Size, strides and padding.
    public let window: Window

    /// Pools over the given window.
    public init(_ window: Window) { self.window = window }

    /// One output per window.
    public func outputShape(for input: Shape) -> Shape { window.outputShape(of: input, channels: input[3]) }

    /// `[batch × height × width × channel]` to the same with smaller height and width.
    public func callAsFunction(_ input: Tensor) -> Tensor { input.device.maxPooling(input, window) }

    /// As inference; remembers the winners.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache) {
        let (output, workspace) = input.device.maxPoolingForward(input, window)
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
