public import Tensors

/// Two scans of one sequence in opposite directions, their outputs side by side
/// (Schuster and Paliwal 1997).
public struct Bidirectional<Scan: Layer>: Layer {
    /// Reads from the first step.
    public var forward: Scan
    /// Reads from the last step; its outputs stay at the step that they belong to.
    public var backward: Scan
    /// Features of the forward scan's output.
    private let forwardUnits: Int

    /// Joins two scans; `forwardUnits` is the size of the forward scan's output.
    public init(forward: Scan, backward: Scan, forwardUnits: Int) {
        self.forward = forward
        self.backward = backward
        self.forwardUnits = forwardUnits
    }

    /// `[batch × time × features]` to `[batch × time × both outputs]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let (first, second) = input.device.concurrently({ forward(input) }, { backward(input) })
        return input.device.concatenated(first, second)
    }

    /// As inference, with both caches.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache) {
        let (first, second) = input.device.concurrently(
            { [scan = forward] in trained(scan) { $0.forward(input) } },
            { [scan = backward] in trained(scan) { $0.forward(input) } })
        forward = first.layer
        backward = second.layer
        let output = input.device.concatenated(first.result.output, second.result.output)
        return (output, Cache(forward: first.result.cache, backward: second.result.cache))
    }

    /// The sum of both scans' gradients for the input.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Cache) -> Tensor {
        let device = outputGradient.device
        let gradients = device.split(outputGradient, firstCount: forwardUnits)
        let caches = cache
        let (first, second) = device.concurrently(
            { [scan = forward] in trained(scan) { $0.backward(gradients.first, caches.forward) } },
            { [scan = backward] in trained(scan) { $0.backward(gradients.second, caches.backward) } })
        forward = first.layer
        backward = second.layer
        return device.sum(first.result, second.result)
    }

    /// Visits both scans.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&forward, named: "forward")
        visitor.visit(&backward, named: "backward")
    }

    /// What the backward pass needs.
    public struct Cache: Sendable {
        let forward: Scan.Cache
        let backward: Scan.Cache
    }
}

extension Bidirectional where Scan == LSTM {
    /// Two LSTMs of `units` units each.
    public init(
        features: Int, units: Int, on device: any Device, using generator: inout some RandomNumberGenerator
    ) {
        self.init(
            forward: LSTM(features: features, units: units, on: device, using: &generator),
            backward: LSTM(
                features: features, units: units, direction: .backward, on: device, using: &generator),
            forwardUnits: units)
    }
}

/// A layer after a training pass, with the pass's result.
private func trained<Trained: Layer, Result: Sendable>(
    _ layer: Trained, _ pass: (inout Trained) -> Result
) -> (layer: Trained, result: Result) {
    var layer = layer
    let result = pass(&layer)
    return (layer, result)
}
