internal import Tensors

/// A value with parameters that can be visited by name.
public protocol Parameterized: Sendable {
    /// Visits every parameter and running statistic, always in the same order.
    mutating func visitParameters(_ visitor: inout some ParameterVisitor)
}

extension Array: Parameterized where Element: Parameterized {
    /// Visits each element, named by its index.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        for index in indices { visitor.visit(&self[index], named: String(index)) }
    }
}

extension Parameterized {
    /// The number of trained scalars.
    public var parameterCount: Int {
        var sum = ParameterCount()
        var model = self
        model.visitParameters(&sum)
        return sum.count
    }

    /// Removes all gradients.
    mutating func clearGradients() {
        var clearing = GradientClearing()
        visitParameters(&clearing)
    }
}

private struct ParameterCount: ParameterVisitor {
    var path: [String] = []
    var count = 0

    mutating func visit(_ parameter: inout Parameter) { count += parameter.value.shape.count }
}

private struct GradientClearing: ParameterVisitor {
    var path: [String] = []

    mutating func visit(_ parameter: inout Parameter) { parameter.gradient = nil }
}
