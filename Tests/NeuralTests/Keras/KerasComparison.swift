import Neural
import Tensors
import TestSupport

/// Compares layers with Keras' golden values, over many cases.
struct KerasComparison {
    /// Larger differences are complaints.
    var tolerance: Float = 1e-5
    /// The largest difference of all.
    private(set) var largest: Float = 0
    /// The results that differ, by case.
    private(set) var complaints: [String] = []

    /// Compares scalars; the difference is infinite if counts differ or a scalar is not finite.
    mutating func hold(_ found: [Float], _ expected: [Float], _ subject: String) {
        let isFinite = found.allSatisfy(\.isFinite)
        let difference = isFinite ? largestDifference(found, expected) : .infinity
        largest = max(largest, difference)
        if difference > tolerance { complaints.append("\(subject): off by \(difference)") }
    }

    /// Compares tensors with the lists of a golden; missing lists are a complaint, too.
    mutating func hold(_ found: [Tensor], _ expected: [[Float]]?, _ subject: String) {
        guard let expected else { return complaints.append("\(subject): not in the golden") }
        guard found.count == expected.count else {
            return complaints.append("\(subject): \(found.count) instead of \(expected.count)")
        }
        for (index, pair) in zip(found, expected).enumerated() {
            hold(pair.0.scalars, pair.1, "\(subject) \(index)")
        }
    }

    /// Compares tensors and their shapes.
    mutating func hold(_ found: [Tensor], _ expected: [KerasValues], _ subject: String) {
        if found.map(\.shape.dimensions) != expected.map(\.shape) {
            complaints.append("\(subject): shapes \(found.map(\.shape)), not \(expected.map(\.shape))")
        }
        hold(found, expected.map(\.values), subject)
    }
}

extension KerasComparison {
    /// Runs the calls of a case.
    mutating func hold(_ golden: KerasCase, scans: Bool, on device: any Device) {
        var builder = KerasBuilder(version: golden.version, device: device, scans: scans)
        builder.masks = golden.calls[0].dropoutMasks(on: device)
        var layer = builder.subject(golden.layer, for: Shape(golden.calls[0].input.shape))
        layer.assignPatterns(golden.weights)
        var state: [Tensor] = []
        for (index, call) in golden.calls.enumerated() {
            let name = "\(golden.name), call \(index)"
            var input = call.recurrentInput(on: device)
            if call.reset == true { state = [] }
            if input.state.isEmpty { input.state = state }
            let result = hold(&layer, input, call, name)
            if isStateful(golden.layer) { state = result.state }
        }
    }

    private func isStateful(_ layer: KerasLayer) -> Bool { (layer.layer ?? layer).stateful ?? false }

    /// Training and, unless there is dropout, inference.
    private mutating func hold(
        _ layer: inout any KerasSubject, _ input: RecurrentInput, _ call: KerasCall, _ name: String
    ) -> KerasResult {
        if !call.dropsOut { hold(layer.inferred(input).outputs, call.outputs, "\(name), inferred output") }
        let (result, gradients) = layer.trained(input, kerasGradients)
        hold(result.outputs, call.outputs, "\(name), output")
        if let mask = call.outputMask {
            hold(layer.outputMask(for: input).map { [$0] } ?? [], mask, "\(name), mask")
        }
        hold(gradients, call, name)
        // Layers without weights have no such list.
        hold(layer.parameterGradients, call.weightsGradients ?? [], "\(name), weight gradient")
        if let penalty = call.regularization {
            hold([layer.regularizationLoss()], penalty[0], "\(name), penalty")
        }
        return result
    }

    /// The gradients of the call's inputs; indices of an embedding have none.
    private mutating func hold(_ gradients: RecurrentInput, _ call: KerasCall, _ name: String) {
        if call.input.below == nil {
            hold([gradients.sequence], call.inputGradients, "\(name), input gradient")
        }
        if call.initialState != nil {
            hold(gradients.state, call.initialStateGradients, "\(name), initial state gradient")
        }
        if call.constants != nil {
            hold(gradients.constants, call.constantsGradients, "\(name), constant gradient")
        }
    }
}

/// The gradients of the outputs in the golden files.
func kerasGradients(_ outputs: [Tensor]) -> [Tensor] {
    zip(outputs, [6, 10, 12, 9, 18, 3]).map { output, step in
        KerasFormula(step: step, shape: output.shape.dimensions).tensor(on: output.device)
    }
}

extension KerasFormula {
    /// The pattern of a step.
    init(step: Int, shape: [Int]) {
        self.init(step: step, shape: shape, below: nil, zeroWhere: nil)
    }
}

extension KerasCall {
    /// Sequence, mask, states and constants.
    func recurrentInput(on device: any Device) -> RecurrentInput {
        RecurrentInput(
            input.tensor(on: device), mask: mask.map { maskTensor($0, on: device) },
            state: (initialState ?? []).map { $0.tensor(on: device) },
            constants: (constants ?? []).map { $0.tensor(on: device) })
    }

    private func maskTensor(_ rows: [[Float]], on device: any Device) -> Tensor {
        Tensor(rows.flatMap { $0 }, shape: [rows.count, rows[0].count], on: device)
    }
}
