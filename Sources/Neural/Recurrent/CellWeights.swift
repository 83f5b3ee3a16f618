public import Tensors

/// The weights of one of Keras' cells, in Keras' shapes, and their products with inputs and states.
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
    private var generator: SeededGenerator
    /// Of the present training pass.
    var masks = DropoutMasks()

    init(
        features: Int, units: Int, gates: Int, biasShape: Shape, _ configuration: CellConfiguration,
        on device: any Device, using generator: inout some RandomNumberGenerator
    ) {
        kernel = Parameter(
            [features, gates * units], configuration.kernel, on: device, using: &generator)
        recurrentKernel = Parameter(
            [units, gates * units], configuration.recurrentKernel, on: device, using: &generator)
        bias =
            configuration.usesBias
            ? Parameter(biasShape, configuration.bias, on: device, using: &generator)
            : Parameter(.zeros(biasShape, on: device))
        self.configuration = configuration
        self.gates = gates
        self.generator = SeededGenerator(seed: configuration.dropout.seed)
    }

    /// The size of the state.
    public var units: Int { recurrentKernel.value.shape[0] }
    /// The size of the input.
    public var features: Int { kernel.value.shape[0] }

    /// The input's part of the gates.
    func inputProduct(_ masks: DropoutMasks) -> GatedProduct {
        GatedProduct(kernel: kernel.value, bias: biases[0], gates: gates, masks: masks.input)
    }

    /// The state's part of the gates.
    func stateProduct(_ masks: DropoutMasks) -> GatedProduct {
        GatedProduct(
            kernel: recurrentKernel.value, bias: biases.count > 1 ? biases[1] : biases[0].zeros,
            gates: gates, masks: masks.state)
    }

    private var biases: [Tensor] {
        let values = bias.value
        guard values.shape.rank == 2 else { return [values] }
        let device = values.device
        return device.parts(of: device.reshaped(values, to: [values.shape.count]), count: 2)
    }

    /// Draws the masks of a training pass.
    mutating func drawMasks(batch: Int, on device: any Device) {
        let dropout = configuration.dropout
        guard dropout.isActive else { return }
        let count = dropout.masksEachGate ? gates : 1
        masks = DropoutMasks(
            input: generator.masks(count, [batch, features], leavingOut: dropout.inputShare, on: device),
            state: generator.masks(count, [batch, units], leavingOut: dropout.stateShare, on: device))
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

/// What a cell leaves out during one sequence: none, one mask for all gates, or one for each.
struct DropoutMasks: Sendable {
    /// Each `[batch × features]`.
    var input: [Tensor] = []
    /// Each `[batch × units]`.
    var state: [Tensor] = []
}

extension SeededGenerator {
    /// Masks of zeros and 1 / (1 − share); none for a share of zero.
    mutating func masks(
        _ count: Int, _ shape: Shape, leavingOut share: Float, on device: any Device
    ) -> [Tensor] {
        guard share > 0 else { return [] }
        return (0..<count).map { _ in
            let kept = (0..<shape.count).map { _ -> Float in
                Float.random(in: 0..<1, using: &self) < share ? 0 : 1 / (1 - share)
            }
            return Tensor(kept, shape: shape, on: device)
        }
    }
}

/// A cell of weights in Keras' shapes.
public protocol GatedCell: RecurrentCell {
    /// Kernel, recurrent kernel and bias.
    var weights: CellWeights { get set }
}

extension GatedCell {
    /// `[features × gates·units]`.
    public var kernel: Parameter {
        get { weights.kernel }
        set { weights.kernel = newValue }
    }
    /// `[units × gates·units]`.
    public var recurrentKernel: Parameter {
        get { weights.recurrentKernel }
        set { weights.recurrentKernel = newValue }
    }
    /// `[gates·units]`, or `[2 × gates·units]`.
    public var bias: Parameter {
        get { weights.bias }
        set { weights.bias = newValue }
    }
    /// The units of the output.
    public var outputSize: Int { weights.units }

    /// Draws the dropout masks.
    public mutating func beginSequence(like step: Shape, on device: any Device) {
        weights.drawMasks(batch: step[0], on: device)
    }

    /// Visits kernel, recurrent kernel and bias.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        weights.visitParameters(&visitor)
    }
}
