internal import Files
internal import Tensors

/// The weights of a cell, in Keras' shapes, and their products with inputs and states.
///
/// Kernels of convolutions have two more axes, `[height × width × …]`; their channels are the features, their filters
/// the units.
public struct CellWeights: Parameterized {
    /// `[features × gates·units]`.
    public var kernel: Parameter
    /// `[units × gates·units]`.
    public var recurrentKernel: Parameter
    /// `[gates·units]`, or `[2 × gates·units]` if the state's product has a bias of its own; zero and not trained
    /// without ``CellConfiguration/usesBias``.
    public var bias: Parameter
    /// Activations, initializers, dropout.
    public let configuration: CellConfiguration
    /// The number of blocks of columns, one for each gate.
    let gates: Int
    /// The maps from the input and from the state to the sums of the gates.
    private let inputMap: GateMap, stateMap: GateMap
    private var generator: SeededGenerator
    /// The masks of the current training pass.
    var masks = DropoutMasks()

    /// Draws initial weights of these shapes.
    init(
        _ shapes: CellShapes, gates: Int, _ configuration: CellConfiguration, inputMap: GateMap = .linear,
        stateMap: GateMap = .linear, on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        kernel = Parameter(shapes.kernel, configuration.kernel, on: device, using: &generator)
        recurrentKernel = Parameter(
            shapes.recurrentKernel, configuration.recurrentKernel, on: device, using: &generator)
        bias =
            configuration.usesBias
            ? Parameter(shapes.bias, configuration.bias, role: .bias, on: device, using: &generator)
            : Parameter(.zeros(shapes.bias, on: device), role: .bias)
        self.configuration = configuration
        self.gates = gates
        (self.inputMap, self.stateMap) = (inputMap, stateMap)
        self.generator = configuration.dropout.maskGenerator(using: &generator)
    }

    /// The size of the state.
    public var units: Int { recurrentKernel.value.shape.last / gates }
    /// The size of the input.
    public var features: Int { kernel.value.shape[kernel.value.shape.rank - 2] }

    /// The product of the input and its kernel.
    func inputProduct(_ masks: DropoutMasks) -> GatedProduct {
        GatedProduct(
            map: inputMap, kernel: kernel.value, bias: biases[0], gates: gates, masks: masks.input)
    }

    /// The product of the state and its kernel.
    func stateProduct(_ masks: DropoutMasks) -> GatedProduct {
        GatedProduct(
            map: stateMap, kernel: recurrentKernel.value,
            bias: biases.count > 1 ? biases[1] : biases[0].zeros, gates: gates, masks: masks.state)
    }

    private var biases: [Tensor] {
        let values = bias.value
        guard values.shape.rank == 2 else { return [values] }
        return values.reshaped(to: [values.shape.count]).split(into: 2)
    }

    /// Draws the masks of a training pass for inputs and states of these shapes.
    mutating func drawMasks(input: Shape, state: Shape, on device: any Device) {
        let dropout = configuration.dropout
        guard dropout.isActive else { return }
        let count = dropout.maskCount(gates: gates)
        masks = DropoutMasks(
            input: generator.masks(count, input, dropping: dropout.inputShare, on: device),
            state: generator.masks(count, state, dropping: dropout.stateShare, on: device))
    }

    /// The gradients for the input and the first state, from that of the sum of both products. Accumulates the weights'
    /// gradients.
    mutating func backward(
        _ sums: Tensor, _ input: CellInput, _ masks: DropoutMasks
    ) -> (input: Tensor, state: Tensor) {
        let x = inputProduct(masks).backward(sums, input: input.input)
        let h = stateProduct(masks).backward(sums, input: input.state[0])
        accumulate(input: x, state: h)
        return (x.input, h.input)
    }

    /// Accumulates the weights' gradients. The state's bias gradient is used only if the state's product has a bias
    /// of its own.
    mutating func accumulate(input: LinearGradients, state: LinearGradients) {
        kernel.accumulate(input.kernel)
        recurrentKernel.accumulate(state.kernel)
        guard configuration.usesBias else { return }
        bias.accumulate(
            bias.value.shape.rank == 2
                ? Tensor.concatenated([input.bias, state.bias]).reshaped(to: bias.value.shape)
                : input.bias)
    }

    /// Visits kernel, recurrent kernel and bias.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&kernel, named: "kernel")
        visitor.visit(&recurrentKernel, named: "recurrentKernel")
        if configuration.usesBias { visitor.visit(&bias, named: "bias") }
    }
}
