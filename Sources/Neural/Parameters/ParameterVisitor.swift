public import Tensors

/// One traversal of a model's parameters that serves optimizers, clipping, checkpoints and summaries.
public protocol ParameterVisitor {
    /// The names from the root to the value being visited; updated by `visit(_:named:)`.
    var path: [String] { get set }
    /// Visits a trained parameter.
    mutating func visit(_ parameter: inout Parameter)
    /// Visits a running statistic: part of the model, but not trained by gradients.
    mutating func visit(statistic: inout Tensor)
}

extension ParameterVisitor {
    /// The names joined by dots, as in `classifier.kernel`.
    public var name: String { path.joined(separator: ".") }

    /// Most visitors ignore statistics.
    public mutating func visit(statistic: inout Tensor) {}

    /// Visits a parameter under a name.
    public mutating func visit(_ parameter: inout Parameter, named name: String) {
        path.append(name)
        visit(&parameter)
        path.removeLast()
    }

    /// Visits a running statistic under a name.
    public mutating func visit(statistic: inout Tensor, named name: String) {
        path.append(name)
        visit(statistic: &statistic)
        path.removeLast()
    }

    /// Visits all parameters of a part under a name.
    public mutating func visit(_ part: inout some Parameterized, named name: String) {
        path.append(name)
        part.visitParameters(&self)
        path.removeLast()
    }
}
