internal import Requirements
public import Tensors

/// Two scans of one sequence in opposite directions (Schuster and Paliwal 1997), after Keras' `Bidirectional`.
///
/// The states are those of the forward scan, then those of the backward scan. The backward scan's output for step t
/// stands at step t. If all outputs are returned, those of masked steps are zeros.
public struct Bidirectional<Scan: RecurrentLayer>: RecurrentLayer {
    /// Reads from the first step to the last; the other way round within the backward scan of another ``Bidirectional``.
    public var forwardScan: Scan
    /// Reads against ``forwardScan``.
    public var backwardScan: Scan
    /// How the two outputs are merged.
    public let merge: MergeMode

    /// How the two outputs are merged; ``Bidirectional/both(_:)`` returns them separately.
    public enum MergeMode: Sendable, Hashable, CaseIterable {
        /// Joined along the last axis.
        case concatenate
        /// Added.
        case sum
        /// Multiplied.
        case multiply
        /// The mean.
        case average
    }

    /// Joins two scans. Sets their directions; both return sequences if the first one does.
    public init(forward: Scan, backward: Scan, merge: MergeMode = .concatenate) {
        forwardScan = forward
        backwardScan = backward
        self.merge = merge
        var options = forward.options
        options.direction = .forward
        self.options = options
    }

    /// The options of both scans. A backward direction, which another ``Bidirectional`` around this one sets, reverses
    /// both scans. Masked steps output zeros if all outputs are returned, and repeat the last output otherwise, so that
    /// a padded sequence has the last output that it has alone.
    public var options: RecurrentOptions {
        get { forwardScan.options }
        set {
            var options = newValue
            options.returnsReadingOrder = false
            options.zeroOutputForMask = options.returnSequences
            forwardScan.options = options
            options.direction = options.direction.opposite
            backwardScan.options = options
        }
    }

    /// The output shape of one scan; with ``Bidirectional/MergeMode/concatenate``, as wide as both together.
    public func outputShape(for input: Shape) -> Shape {
        let (one, other) = (forwardScan.outputShape(for: input), backwardScan.outputShape(for: input))
        return merge == .concatenate ? one.replacingLast(with: one.last + other.last) : one
    }

    /// The state shapes of the forward scan, then those of the backward scan.
    public func stateShapes(for input: Shape) -> [Shape] {
        forwardScan.stateShapes(for: input) + backwardScan.stateShapes(for: input)
    }

    /// The merged output and the states of both scans.
    public func callAsFunction(_ input: RecurrentInput) -> RecurrentOutput { merged(both(input)) }

    /// The outputs of both scans, separately.
    public func both(_ input: RecurrentInput) -> (forward: RecurrentOutput, backward: RecurrentOutput) {
        let inputs = split(input)
        return input.sequence.device.concurrently(
            { forwardScan(inputs.forward) }, { backwardScan(inputs.backward) })
    }

    /// As inference, with the caches of both scans.
    public mutating func forward(_ input: RecurrentInput) -> (output: RecurrentOutput, cache: Cache) {
        let (outputs, cache) = forwardBoth(input)
        return (merged(outputs), cache)
    }

    /// As ``both(_:)``, in training.
    public mutating func forwardBoth(
        _ input: RecurrentInput
    ) -> (outputs: (forward: RecurrentOutput, backward: RecurrentOutput), cache: Cache) {
        let inputs = split(input)
        let (first, second) = input.sequence.device.concurrently(
            { [scan = forwardScan] in trained(scan) { $0.forward(inputs.forward) } },
            { [scan = backwardScan] in trained(scan) { $0.forward(inputs.backward) } })
        (forwardScan, backwardScan) = (first.layer, second.layer)
        let outputs = (first.result.output, second.result.output)
        let cache = Cache(
            forward: first.result.cache, backward: second.result.cache,
            outputs: merge == .multiply ? [outputs.0.output, outputs.1.output] : [],
            forwardWidth: outputs.0.output.shape.last,
            stateCounts: (outputs.0.state.count, outputs.1.state.count))
        return (outputs, cache)
    }

    /// The sum of both scans' gradients for the sequence, and those for the states of each.
    public mutating func backward(_ gradient: RecurrentOutput, _ cache: consuming Cache) -> RecurrentInput {
        let outputs = parts(of: gradient.output, cache)
        let states = parts(of: gradient.state, counts: cache.stateCounts)
        return backwardBoth(
            forward: RecurrentOutput(outputs.forward, state: states.forward),
            backward: RecurrentOutput(outputs.backward, state: states.backward), cache)
    }

    /// As ``backward(_:_:)``, from separate gradients for both outputs.
    public mutating func backwardBoth(
        forward forwardGradient: RecurrentOutput, backward backwardGradient: RecurrentOutput,
        _ cache: consuming Cache
    ) -> RecurrentInput {
        let device = forwardGradient.output.device
        let caches = cache
        let (first, second) = device.concurrently(
            { [scan = forwardScan] in trained(scan) { $0.backward(forwardGradient, caches.forward) } },
            { [scan = backwardScan] in trained(scan) { $0.backward(backwardGradient, caches.backward) } })
        (forwardScan, backwardScan) = (first.layer, second.layer)
        let (one, other) = (first.result, second.result)
        return RecurrentInput(
            one.sequence + other.sequence, state: one.state + other.state,
            constants: summed(one.constants, other.constants))
    }

    /// Visits both scans.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&forwardScan, named: "forward")
        visitor.visit(&backwardScan, named: "backward")
    }

    /// The values that the backward pass needs.
    public struct Cache: Sendable {
        let forward: Scan.Cache
        let backward: Scan.Cache
        /// Both outputs, if the gradient needs them.
        let outputs: [Tensor]
        let forwardWidth: Int
        let stateCounts: (forward: Int, backward: Int)
    }
}

extension Bidirectional {
    private func split(_ input: RecurrentInput) -> (forward: RecurrentInput, backward: RecurrentInput) {
        let shape = input.sequence.shape
        let counts = (forwardScan.stateShapes(for: shape).count, backwardScan.stateShapes(for: shape).count)
        let states = parts(of: input.state, counts: counts)
        var (first, second) = (input, input)
        (first.state, second.state) = (states.forward, states.backward)
        return (first, second)
    }

    /// The states of each scan; empty if there are none.
    private func parts(
        of states: [Tensor], counts: (forward: Int, backward: Int)
    ) -> (forward: [Tensor], backward: [Tensor]) {
        require(
            states.isEmpty || states.count == counts.forward + counts.backward,
            "\(states.count) states instead of \(counts.forward) and \(counts.backward)")
        return (Array(states.prefix(counts.forward)), Array(states.dropFirst(counts.forward)))
    }

    private func merged(_ both: (forward: RecurrentOutput, backward: RecurrentOutput)) -> RecurrentOutput {
        let (first, second) = (both.forward.output, both.backward.output)
        let output: Tensor =
            switch merge {
            case .concatenate: .concatenated([first, second])
            case .sum: first + second
            case .multiply: first * second
            case .average: 0.5 * (first + second)
            }
        return RecurrentOutput(output, state: both.forward.state + both.backward.state)
    }

    /// The gradients for both outputs, from that of the merged output.
    private func parts(of gradient: Tensor, _ cache: borrowing Cache) -> (forward: Tensor, backward: Tensor) {
        switch merge {
        case .concatenate:
            let parts = gradient.split(at: cache.forwardWidth)
            return (parts.first, parts.second)
        case .sum: return (gradient, gradient)
        case .multiply: return (gradient * cache.outputs[1], gradient * cache.outputs[0])
        case .average:
            let half = 0.5 * gradient
            return (half, half)
        }
    }
}

extension Bidirectional where Scan == LSTM {
    /// Two LSTMs of `units` units each, which return the outputs of all steps.
    public init(
        features: Int, units: Int, on device: any Device, using generator: inout some RandomNumberGenerator
    ) {
        let options = RecurrentOptions(returnSequences: true)
        self.init(
            forward: LSTM(features: features, units: units, options: options, on: device, using: &generator),
            backward: LSTM(features: features, units: units, options: options, on: device, using: &generator))
    }
}

/// A copy of the layer after a training pass, and the result of the pass.
private func trained<Trained: Layer, Result: Sendable>(
    _ layer: Trained, _ pass: (inout Trained) -> Result
) -> (layer: Trained, result: Result) {
    var layer = layer
    let result = pass(&layer)
    return (layer, result)
}
