import Files
import Neural
import Tensors

/// A layer without states.
struct LayerSubject<Inner: Layer>: KerasSubject {
    var layer: Inner
    /// The mask of the output; by default, that of the input.
    var mask: @Sendable (RecurrentInput) -> Tensor? = { $0.mask }

    func inferred(_ input: RecurrentInput) -> KerasResult {
        KerasResult(outputs: [layer(input.sequence)], state: [])
    }

    mutating func trained(
        _ input: RecurrentInput, _ gradients: ([Tensor]) -> [Tensor]
    ) -> (result: KerasResult, gradients: RecurrentInput) {
        let (output, cache) = layer.forward(input.sequence)
        let gradient = layer.backward(gradients([output])[0], cache)
        return (KerasResult(outputs: [output], state: []), RecurrentInput(gradient))
    }

    func outputShapes(for input: Shape) -> [Shape] { [layer.outputShape(for: input)] }

    func outputMask(for input: RecurrentInput) -> Tensor? { mask(input) }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        layer.visitParameters(&visitor)
    }
}

/// A sequence of layers; each passes its mask to the next.
struct SequentialSubject: KerasSubject {
    var layers: [any KerasSubject]

    func inferred(_ input: RecurrentInput) -> KerasResult {
        let last = layers.reduce(input) { input, layer in
            RecurrentInput(layer.inferred(input).outputs[0], mask: layer.outputMask(for: input))
        }
        return KerasResult(outputs: [last.sequence], state: [])
    }

    mutating func trained(
        _ input: RecurrentInput, _ gradients: ([Tensor]) -> [Tensor]
    ) -> (result: KerasResult, gradients: RecurrentInput) {
        guard var first = layers.first else {
            let output = [input.sequence]
            return (KerasResult(outputs: output, state: []), RecurrentInput(gradients(output)[0]))
        }
        var rest = SequentialSubject(layers: Array(layers.dropFirst()))
        var last = KerasResult(outputs: [], state: [])
        let mask = first.outputMask(for: input)
        let passed = first.trained(input) { outputs in
            let result = rest.trained(RecurrentInput(outputs[0], mask: mask), gradients)
            last = result.result
            return [result.gradients.sequence]
        }
        layers = [first] + rest.layers
        return (last, passed.gradients)
    }

    func outputShapes(for input: Shape) -> [Shape] {
        [layers.reduce(input) { $1.outputShapes(for: $0)[0] }]
    }

    func outputMask(for input: RecurrentInput) -> Tensor? { nil }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        for index in layers.indices { layers[index].visitParameters(&visitor) }
    }
}

extension KerasBuilder {
    /// The layer of a description.
    func subject(_ description: KerasLayer, for input: Shape) -> any KerasSubject {
        switch description.class {
        case "Dense": return LayerSubject(layer: dense(description, features: input.last))
        case "Embedding":
            let layer = embedding(description)
            return LayerSubject(layer: layer) { layer.mask(for: $0.sequence) }
        case "Masking":
            let layer = Masking(value: description.maskValue ?? 0)
            return LayerSubject(layer: layer) { layer.mask(for: $0.sequence) }
        case "TimeDistributed": return distributed(description.layer, features: input.last)
        case "Sequential": return sequential(description.layers ?? [], for: input)
        default: return recurrent(description, features: input.last)
        }
    }

    private func dense(_ description: KerasLayer, features: Int) -> Dense {
        var generator = SeededGenerator(seed: 1)
        return Dense(
            features: features, units: units(description),
            activation: description.activation.map(activation) ?? .identity,
            usesBias: description.useBias ?? true,
            kernel: ParameterRules(.glorotUniform, regularizer: description.kernelRegularizer?.rule),
            bias: ParameterRules(.constant(0), regularizer: description.biasRegularizer?.rule), on: device,
            using: &generator)
    }

    private func embedding(_ description: KerasLayer) -> Embedding {
        var generator = SeededGenerator(seed: 1)
        return Embedding(
            count: description.inputDim ?? 0, width: description.outputDim ?? 0,
            masksZero: description.maskZero ?? false, on: device, using: &generator)
    }

    private func distributed(_ inner: KerasLayer?, features: Int) -> any KerasSubject {
        guard let inner else { preconditionFailure("nothing to distribute") }
        guard inner.class == "LSTM" else {
            return LayerSubject(layer: TimeDistributed(dense(inner, features: features)))
        }
        let layer = LSTM(lstm(inner, features: features), inner.options)
        return LayerSubject(layer: TimeDistributed(layer))
    }

    private func sequential(_ descriptions: [KerasLayer], for input: Shape) -> SequentialSubject {
        var shape = input
        return SequentialSubject(
            layers: descriptions.map { description in
                let layer = subject(description, for: shape)
                shape = layer.outputShapes(for: shape)[0]
                return layer
            })
    }
}
