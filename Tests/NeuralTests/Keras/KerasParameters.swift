import Tensors
import Testing

@testable import Neural

extension Parameterized {
    /// Gives the parameters, in the order of the visit, the values of formulas.
    mutating func assignPatterns(_ formulas: [KerasFormula]) {
        var assignment = PatternAssignment(formulas: formulas)
        visitParameters(&assignment)
        #expect(assignment.formulas.isEmpty, "\(assignment.formulas.count) weights are not assigned")
    }

    /// The gradients, those of penalties included, in the order of the visit; zeros where there are none.
    var parameterGradients: [Tensor] {
        var (collection, copy) = (GradientCollection(), self)
        copy.visitParameters(&collection)
        return collection.gradients
    }
}

private struct PatternAssignment: ParameterVisitor {
    var path: [String] = []
    /// Those that remain.
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
