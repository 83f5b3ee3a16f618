public import Neural
import Tensors

extension SafetensorsFile {
    /// Adds each of a model's parameters and running statistics under its name.
    public mutating func insert(_ model: some Parameterized) {
        var collection = Collection(tensors: tensors)
        var visited = model
        visited.visitParameters(&collection)
        tensors = collection.tensors
    }

    /// Takes each of a model's parameters and running statistics from the file by its name; the file keeps what
    /// the model has no place for. Throws where one is missing or has another shape, and then changes nothing.
    public mutating func move(into model: inout some Parameterized) throws(ModelMismatch) {
        var assignment = Assignment(tensors: tensors)
        var filled = model
        filled.visitParameters(&assignment)
        if let mismatch = assignment.mismatch { throw mismatch }
        (model, tensors) = (filled, assignment.tensors)
    }
}

/// Why a file's tensors do not fill a model.
public struct ModelMismatch: Error, CustomStringConvertible {
    /// Which tensor is missing or of the wrong shape, and what to do.
    public let description: String
}

/// Takes each of a model's tensors from a table by name.
private struct Assignment: ParameterVisitor {
    var path: [String] = []
    var tensors: [String: Tensor]
    var mismatch: ModelMismatch?

    init(tensors: [String: Tensor]) { self.tensors = tensors }

    mutating func visit(_ parameter: inout Parameter) { assign(&parameter.value) }

    mutating func visit(statistic: inout Tensor) { assign(&statistic) }

    private mutating func assign(_ target: inout Tensor) {
        guard let tensor = tensors.removeValue(forKey: name) else {
            report("lacks the tensor \(name)")
            return
        }
        guard tensor.shape == target.shape else {
            report(
                "has \(name) of shape \(tensor.shape) where its configuration needs \(target.shape)")
            return
        }
        target = tensor
    }

    private mutating func report(_ problem: String) {
        mismatch = mismatch ?? ModelMismatch(description: "\(problem); train or export it again")
    }
}

/// Adds each of a model's tensors to a table by name.
private struct Collection: ParameterVisitor {
    var path: [String] = []
    var tensors: [String: Tensor]

    mutating func visit(_ parameter: inout Parameter) { tensors[name] = parameter.value }

    mutating func visit(statistic: inout Tensor) { tensors[name] = statistic }
}
