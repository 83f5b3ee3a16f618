internal import Files
internal import Tensors

/// The weights of one of Keras' cells, in Keras' shapes, and their products with inputs and states.
///
/// Kernels of convolutions have two axes more, `[height × width × …]`; their channels are features, their filters
/// units.
public struct CellWeights: Parameterized {
    /// `[features × gates·units]`.
    public var kernel: Parameter
    /// `[units × gates·units]`.
    public var recurrentKernel: Parameter
    /// `[gates·units]`, or `[2 × gates·units]` where states have a bias of their own; zero and not learnt
    /// without ``CellConfiguration/usesBias``.
    public var bias: Parameter
    /// Activations, first values, dropout.
    public let configuration: CellConfiguration
    /// How many blocks of columns there are.
    let gates: Int
    /// What carries inputs, and what carries states to the sums of gates.
    private let inputMap: GateMap, stateMap: GateMap
    private var generator: SeededGenerator
    /// Of the present training pass.
    var masks = DropoutMasks()

    /// Draws weights of these shapes.
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
            ? Parameter(shapes.bias, configuration.bias, on: device, using: &generator)
            : Parameter(.zeros(shapes.bias, on: device))
        self.configuration = configuration
        self.gates = gates
        (self.inputMap, self.stateMap) = (inputMap, stateMap)
        self.generator = configuration.dropout.masking(using: &generator)
    }

    /// The size of the state.
    public var units: Int { recurrentKernel.value.shape.last / gates }
    /// The size of the input.
    public var features: Int { kernel.value.shape[kernel.value.shape.rank - 2] }

    /// The input's part of the gates.
    func inputProduct(_ masks: DropoutMasks) -> GatedProduct {
        GatedProduct(
            map: inputMap, kernel: kernel.value, bias: biases[0], gates: gates, masks: masks.input)
    }

    /// The state's part of the gates.
    func stateProduct(_ masks: DropoutMasks) -> GatedProduct {
        GatedProduct(
            map: stateMap, kernel: recurrentKernel.value,
            bias: biases.count > 1 ? biases[1] : biases[0].zeros, gates: gates, masks: masks.state)
    }

    private var biases: [Tensor] {
        let values = bias.value
        guard values.shape.rank == 2 else { return [values] }
        let device = values.device
        return device.parts(of: device.reshaped(values, to: [values.shape.count]), count: 2)
    }

    /// Draws the masks of a training pass for inputs and states of these shapes.
    mutating func drawMasks(input: Shape, state: Shape, on device: any Device) {
        let dropout = configuration.dropout
        guard dropout.isActive else { return }
        let count = dropout.maskCount(gates: gates)
        masks = DropoutMasks(
            input: generator.masks(count, input, leavingOut: dropout.inputShare, on: device),
            state: generator.masks(count, state, leavingOut: dropout.stateShare, on: device))
    }

    /// The gradients for input and first state, given that of the sum of both products; the weights' are
    /// accumulated.
    mutating func backward(
        _ sums: Tensor, _ input: CellInput, _ masks: DropoutMasks
    ) -> (input: Tensor, state: Tensor) {
        let x = inputProduct(masks).backward(sums, input: input.input)
        let h = stateProduct(masks).backward(sums, input: input.state[0])
        accumulate(input: x, state: h)
        return (x.input, h.input)
    }

    /// Adds to the gradients; the state's bias counts only where it has one of its own, and none where there
    /// is no bias.
    mutating func accumulate(input: LinearGradients, state: LinearGradients) {
        kernel.accumulate(input.kernel)
        recurrentKernel.accumulate(state.kernel)
        guard configuration.usesBias else { return }
        let device = input.bias.device
        bias.accumulate(
            bias.value.shape.rank == 2
                ? device.reshaped(device.concatenated(input.bias, state.bias), to: bias.value.shape)
                : input.bias)
    }

    /// Visits kernel, recurrent kernel and bias.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&kernel, named: "kernel")
        visitor.visit(&recurrentKernel, named: "recurrentKernel")
        if configuration.usesBias { visitor.visit(&bias, named: "bias") }
    }
}

/// The shapes of a cell's weights.
struct CellShapes {
    let kernel: Shape
    let recurrentKernel: Shape
    let bias: Shape

    /// Those of `gates` linear maps, whose states have biases of their own or not.
    init(features: Int, units: Int, gates: Int, hasStateBias: Bool = false) {
        let width = gates * units
        kernel = [features, width]
        recurrentKernel = [units, width]
        bias = hasStateBias ? [2, width] : [width]
    }

    /// Those of `gates` convolutions.
    init(_ size: Extent, channels: Int, filters: Int, gates: Int) {
        let width = gates * filters
        kernel = [size.height, size.width, channels, width]
        recurrentKernel = [size.height, size.width, filters, width]
        bias = [width]
    }
}
