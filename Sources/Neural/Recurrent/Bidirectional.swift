public import Tensors

/// Two scans of one sequence in opposite directions (Schuster and Paliwal 1997), after Keras' `Bidirectional`.
///
/// The states are those of the forward scan, then those of the backward one. Outputs of the backward scan stay at
/// the step that they belong to. Where all outputs are returned, those of masked steps are zeros.
public struct Bidirectional<Scan: RecurrentLayer>: RecurrentLayer {
    /// Reads from the first step.
    public var forwardScan: Scan
    /// Reads from the last step.
    public var backwardScan: Scan
    /// What becomes of the two outputs.
    public let merge: MergeMode

    /// How two outputs become one; without merging, ask for ``Bidirectional/both(_:)``.
    public enum MergeMode: Sendable, Hashable, CaseIterable {
        /// Side by side along the last axis.
        case concatenate
        /// Added.
        case sum
        /// Multiplied.
        case multiply
        /// Half of the sum.
        case average
    }

    /// Joins two scans; their directions are set here, and both return what the first one does.
    public init(forward: Scan, backward: Scan, merge: MergeMode = .concatenate) {
        forwardScan = forward
        backwardScan = backward
        self.merge = merge
        options = forward.options
    }

    /// What is returned. The direction is always forward, and masked steps put out zeros where all outputs are
    /// returned and never elsewhere, so that a padded sequence ends as it does alone.
    public var options: RecurrentOptions {
        get { forwardScan.options }
        set {
            var options = newValue
            options.returnsReadingOrder = false
            options.zeroOutputForMask = options.returnSequences
            options.direction = .forward
            forwardScan.options = options
            options.direction = .backward
            backwardScan.options = options
        }
    }

    /// That of one scan; twice as wide where outputs stand side by side.
    public func outputShape(for input: Shape) -> Shape {
        let (one, other) = (forwardScan.outputShape(for: input), backwardScan.outputShape(for: input))
        return merge == .concatenate ? one.replacingLast(with: one.last + other.last) : one
    }

    /// Those of the forward scan, then those of the backward one.
    public func stateShapes(for input: Shape) -> [Shape] {
        forwardScan.stateShapes(for: input) + backwardScan.stateShapes(for: input)
    }

    /// The merged output and the states of both scans.
    public func callAsFunction(_ input: RecurrentInput) -> RecurrentOutput { merged(both(input)) }

    /// The outputs of both scans as they are.
    public func both(_ input: RecurrentInput) -> (forward: RecurrentOutput, backward: RecurrentOutput) {
        let inputs = split(input)
        return input.sequence.device.concurrently(
            { forwardScan(inputs.forward) }, { backwardScan(inputs.backward) })
    }

    /// As inference, with both caches.
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
        let outputs = parted(gradient.output, cache)
        let states = parted(gradient.state, counts: cache.stateCounts)
        return backwardBoth(
            forward: RecurrentOutput(outputs.forward, state: states.forward),
            backward: RecurrentOutput(outputs.backward, state: states.backward), cache)
    }

    /// As ``backward(_:_:)``, from gradients for both outputs as they are.
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
            device.sum(one.sequence, other.sequence), state: one.state + other.state,
            constants: summed(one.constants, other.constants))
    }

    /// Visits both scans.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&forwardScan, named: "forward")
        visitor.visit(&backwardScan, named: "backward")
    }

    /// What the backward pass needs.
    public struct Cache: Sendable {
        let forward: Scan.Cache
        let backward: Scan.Cache
        /// Both outputs, where the gradient needs them.
        let outputs: [Tensor]
        let forwardWidth: Int
        let stateCounts: (forward: Int, backward: Int)
    }
}

extension Bidirectional {
    private func split(_ input: RecurrentInput) -> (forward: RecurrentInput, backward: RecurrentInput) {
        let shape = input.sequence.shape
        let counts = (forwardScan.stateShapes(for: shape).count, backwardScan.stateShapes(for: shape).count)
        let states = parted(input.state, counts: counts)
        var (first, second) = (input, input)
        (first.state, second.state) = (states.forward, states.backward)
        return (first, second)
    }

    /// The states of each scan; none for either where there are none.
    private func parted(
        _ states: [Tensor], counts: (forward: Int, backward: Int)
    ) -> (forward: [Tensor], backward: [Tensor]) {
        precondition(
            states.isEmpty || states.count == counts.forward + counts.backward,
            "\(states.count) states where \(counts.forward) and \(counts.backward) are due")
        return (Array(states.prefix(counts.forward)), Array(states.dropFirst(counts.forward)))
    }

    private func merged(_ both: (forward: RecurrentOutput, backward: RecurrentOutput)) -> RecurrentOutput {
        let (first, second) = (both.forward.output, both.backward.output)
        let device = first.device
        let output =
            switch merge {
            case .concatenate: device.concatenated(first, second)
            case .sum: device.sum(first, second)
            case .multiply: device.product(first, second)
            case .average: device.scaled(device.sum(first, second), by: 0.5, plus: 0)
            }
        return RecurrentOutput(output, state: both.forward.state + both.backward.state)
    }

    /// The gradients for both outputs from that of the merged one.
    private func parted(_ gradient: Tensor, _ cache: borrowing Cache) -> (forward: Tensor, backward: Tensor) {
        let device = gradient.device
        switch merge {
        case .concatenate:
            let parts = device.split(gradient, firstCount: cache.forwardWidth)
            return (parts.first, parts.second)
        case .sum: return (gradient, gradient)
        case .multiply:
            return (device.product(gradient, cache.outputs[1]), device.product(gradient, cache.outputs[0]))
        case .average:
            let half = device.scaled(gradient, by: 0.5, plus: 0)
            return (half, half)
        }
    }
}

extension Bidirectional where Scan == LSTM {
    /// Two LSTMs of `units` units each that return the outputs of all steps.
    public init(
        features: Int, units: Int, on device: any Device, using generator: inout some RandomNumberGenerator
    ) {
        let options = RecurrentOptions(returnSequences: true)
        self.init(
            forward: LSTM(features: features, units: units, options: options, on: device, using: &generator),
            backward: LSTM(features: features, units: units, options: options, on: device, using: &generator))
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
