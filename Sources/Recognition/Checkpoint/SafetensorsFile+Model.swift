public import Neural
import Tensors

extension SafetensorsFile {
    /// Adds all parameters and running statistics of a model under their names.
    public mutating func insert(_ model: some Parameterized) {
        var collection = Collection(tensors: tensors)
        var visited = model
        visited.visitParameters(&collection)
        tensors = collection.tensors
    }

    /// Moves all parameters and running statistics of a model from the file into the model, by their names. Other tensors
    /// stay in the file. Throws if one is missing or has another shape, and changes nothing then.
    public mutating func move(into model: inout some Parameterized) throws(CheckpointError) {
        var assignment = Assignment(tensors: tensors)
        var filled = model
        filled.visitParameters(&assignment)
        if let mismatch = assignment.mismatch { throw mismatch }
        (model, tensors) = (filled, assignment.tensors)
    }
}

/// Moves the tensors of a model from a table into the model.
private struct Assignment: ParameterVisitor {
    var path: [String] = []
    var tensors: [String: Tensor]
    var mismatch: CheckpointError?

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
                "has \(name) of shape \(tensor.shape), but its configuration needs \(target.shape)")
            return
        }
        target = tensor
    }

    private mutating func report(_ problem: String) {
        mismatch = mismatch ?? CheckpointError(reason: "\(problem); train or export it again")
    }
}

/// Adds the tensors of a model to a table.
private struct Collection: ParameterVisitor {
    var path: [String] = []
    var tensors: [String: Tensor]

    mutating func visit(_ parameter: inout Parameter) { tensors[name] = parameter.value }

    mutating func visit(statistic: inout Tensor) { tensors[name] = statistic }
}
