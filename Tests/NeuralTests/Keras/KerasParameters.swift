import Tensors
import Testing

@testable import Neural

extension Parameterized {
    /// Sets the parameters, in the order of the visit, to the values of formulas.
    mutating func assignPatterns(_ formulas: [KerasFormula]) {
        var assignment = PatternAssignment(formulas: formulas)
        visitParameters(&assignment)
        #expect(assignment.formulas.isEmpty, "\(assignment.formulas.count) weights are not assigned")
    }

    /// The gradients, including those of penalties, in the order of the visit; zeros if there are none.
    var parameterGradients: [Tensor] {
        var (collection, copy) = (GradientCollection(), self)
        copy.visitParameters(&collection)
        return collection.gradients
    }
}

private struct PatternAssignment: ParameterVisitor {
    var path: [String] = []
    /// The remaining formulas.
    var formulas: [KerasFormula]

    mutating func visit(_ parameter: inout Parameter) {
        guard let formula = formulas.first, parameter.value.shape == Shape(formula.shape) else {
            Issue.record("\(name) is \(parameter.value.shape), not \(formulas.first?.shape ?? [])")
            return
        }
        parameter.value = formula.tensor(on: parameter.value.device)
        formulas.removeFirst()
    }
}

private struct GradientCollection: ParameterVisitor {
    var path: [String] = []
    var gradients: [Tensor] = []

    mutating func visit(_ parameter: inout Parameter) {
        let value = parameter.value
        gradients.append(
            parameter.objectiveGradient ?? Tensor(repeating: 0, shape: value.shape, on: value.device))
    }
}
