import Neural
import Tensors
import TestSupport

/// All results of a recurrent layer for an input: outputs, states and gradients, by name.
struct RecurrentTrace {
    var tensors: [String: Tensor] = [:]

    /// Outputs in inference and in training, and the gradients for output gradients of `weights`; by default, waves.
    init(_ layer: some RecurrentLayer, _ input: RecurrentInput, weights: RecurrentOutput? = nil) {
        let inferred = layer(input)
        add("inferred output", [inferred.output])
        add("inferred state", inferred.state)
        var trained = layer
        let (result, cache) = trained.forward(input)
        add("output", [result.output])
        add("state", result.state)
        let gradients = trained.backward(weights ?? Self.waves(like: result), cache)
        add("gradient for the sequence", [gradients.sequence])
        add("gradient for state", gradients.state)
        add("gradient for constants", gradients.constants)
        for (name, gradient) in parameterGradients(of: trained) { tensors[name] = gradient }
    }

    private mutating func add(_ name: String, _ values: [Tensor]) {
        for (index, value) in values.enumerated() { tensors["\(name) \(index)"] = value }
    }

    static func waves(like output: RecurrentOutput) -> RecurrentOutput {
        RecurrentOutput(
            .wave(output.output.shape, seed: 1, on: reference),
            state: output.state.enumerated().map { .wave($1.shape, seed: 2 + Double($0), on: reference) })
    }

    /// The names of the results that differ from another trace by more than `limit`.
    func differences(from other: RecurrentTrace, limit: Float = 1e-6) -> [String] {
        Set(tensors.keys).union(other.tensors.keys).sorted().filter { name in
            guard let mine = tensors[name], let theirs = other.tensors[name], mine.shape == theirs.shape
            else { return true }
            return !(largestDifference(mine.scalars, theirs.scalars) <= limit)
        }
    }
}

/// The gradients of a model's parameters, by name.
func parameterGradients(of model: some Parameterized) -> [(name: String, gradient: Tensor)] {
    var list = GradientList()
    var copy = model
    copy.visitParameters(&list)
    return list.entries
}

private struct GradientList: ParameterVisitor {
    var path: [String] = []
    var entries: [(name: String, gradient: Tensor)] = []

    mutating func visit(_ parameter: inout Parameter) {
        if let gradient = parameter.gradient { entries.append((name, gradient)) }
    }
}
