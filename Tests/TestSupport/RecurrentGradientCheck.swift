public import Neural
public import Tensors

/// As `gradientMismatches(of:input:step:)`, for the sequence, the initial states and the constants of a recurrent layer.
/// The objective includes its outputs and its final states.
///
/// The subjects are named `sequence`, `state.0`, `constants.0`, and like the parameters. Only given states are checked.
public func gradientMismatches(
    of layer: some RecurrentLayer, input: RecurrentInput, step: Float = 0.02
) -> [GradientMismatch] {
    func outputs(_ layer: some RecurrentLayer, _ input: RecurrentInput) -> [Float] {
        var layer = layer
        return layer.forward(input).output.scalars
    }
    var check = DifferenceCheck(step: step)
    var trained = layer
    let (result, cache) = trained.forward(input)
    let weights = check.weigh(result.scalars)
    let gradients = trained.backward(result.replacing(weights), cache)
    return input.subjects(gradients).flatMap { subject, path in
        check.mismatches(subject) { value in
            var varied = input
            varied[keyPath: path] = value
            return outputs(layer, varied)
        }
    } + check.mismatches(parameters: trained) { outputs(layer.replacing($0, with: $1), input) }
}

extension RecurrentOutput {
    /// The scalars of the output, then of each state.
    public var scalars: [Float] { output.scalars + state.flatMap(\.scalars) }

    /// Tensors of the same shapes with other scalars.
    fileprivate func replacing(_ scalars: [Float]) -> RecurrentOutput {
        var rest = scalars[...]
        func next(_ tensor: Tensor) -> Tensor {
            defer { rest = rest.dropFirst(tensor.shape.count) }
            return Tensor(Array(rest.prefix(tensor.shape.count)), shape: tensor.shape, on: tensor.device)
        }
        return RecurrentOutput(next(output), state: state.map(next))
    }
}

extension RecurrentInput {
    /// The tensors that the objective depends on, their gradients and their key paths.
    fileprivate func subjects(
        _ gradients: RecurrentInput
    ) -> [(GradientSubject, WritableKeyPath<RecurrentInput, Tensor>)] {
        func subject(_ name: String, _ value: Tensor, _ gradient: Tensor?) -> GradientSubject {
            GradientSubject(name: name, value: value, gradient: gradient)
        }
        return [(subject("sequence", sequence, gradients.sequence), \.sequence)]
            + state.indices.map { index in
                let gradient = gradients.state.count > index ? gradients.state[index] : nil
                return (subject("state.\(index)", state[index], gradient), \.state[index])
            }
            + constants.indices.map { index in
                let gradient = gradients.constants.count > index ? gradients.constants[index] : nil
                return (subject("constants.\(index)", constants[index], gradient), \.constants[index])
            }
    }
}
