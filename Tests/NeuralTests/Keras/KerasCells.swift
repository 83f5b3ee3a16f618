import Files
import Tensors

@testable import Neural

/// Builds layers from Keras' descriptions.
struct KerasBuilder {
    /// The version whose defaults apply.
    let version: Int
    let device: any Device
    /// Whether layers that could be fused are scanned step by step.
    var scans = false
    /// The dropout masks of cells.
    var masks = DropoutMasks()

    /// Any cell over `features` features.
    func cell(_ description: KerasLayer, features: Int) -> AnyRecurrentCell {
        switch description.class {
        case "StackedRNNCells": return AnyRecurrentCell(stack(description.cells ?? [], features: features))
        case "LSTM", "LSTMCell": return AnyRecurrentCell(lstm(description, features: features))
        case "GRU", "GRUCell": return AnyRecurrentCell(gru(description, features: features))
        case "SimpleRNN", "SimpleRNNCell": return AnyRecurrentCell(simple(description, features: features))
        case "ConvLSTM2D": return AnyRecurrentCell(convolutional(description, channels: features))
        case "MinimalGatedUnitCell":
            return AnyRecurrentCell(
                MinimalGatedUnit(features: features, units: units(description), on: device))
        case "ConstantCell":
            return AnyRecurrentCell(
                ConstantCell(
                    features, units(description), constants: description.constantSize ?? 0, on: device))
        default: preconditionFailure("no cell \(description.class)")
        }
    }

    private func stack(_ cells: [KerasLayer], features: Int) -> StackedCells<AnyRecurrentCell> {
        StackedCells(
            cells.reduce(into: [AnyRecurrentCell]()) {
                $0.append(cell($1, features: $0.last?.outputSize ?? features))
            })
    }

    func lstm(_ description: KerasLayer, features: Int) -> LSTMCell {
        var generator = SeededGenerator(seed: 1)
        var cell = LSTMCell(
            features: features, units: units(description), configuration(description),
            unitForgetBias: description.unitForgetBias ?? true, on: device, using: &generator)
        cell.weights.masks = masks
        return cell
    }

    func gru(_ description: KerasLayer, features: Int) -> GRUCell {
        var generator = SeededGenerator(seed: 1)
        var cell = GRUCell(
            features: features, units: units(description), configuration(description),
            resetAfter: description.resetAfter ?? true, on: device, using: &generator)
        cell.weights.masks = masks
        return cell
    }

    func simple(_ description: KerasLayer, features: Int) -> SimpleRNNCell {
        var generator = SeededGenerator(seed: 1)
        var cell = SimpleRNNCell(
            features: features, units: units(description), configuration(description), on: device,
            using: &generator)
        cell.weights.masks = masks
        return cell
    }

    private func convolutional(_ description: KerasLayer, channels: Int) -> ConvLSTM2DCell {
        var generator = SeededGenerator(seed: 1)
        var configuration = configuration(description)
        if description.recurrentActivation == nil, version == 2 {
            configuration.recurrentActivation = .keras2HardSigmoid
        }
        let options = ConvolutionOptions(
            strides: extent(description.strides), padding: description.padding == "same" ? .same : .none,
            dilation: extent(description.dilationRate))
        return ConvLSTM2DCell(
            extent(description.kernelSize), channels: channels, filters: units(description), options,
            configuration, unitForgetBias: description.unitForgetBias ?? true, on: device, using: &generator)
    }

    private func extent(_ numbers: KerasNumbers?) -> Extent {
        let sides = numbers?.numbers.map { Int($0) } ?? [1]
        return Extent(height: sides[0], width: sides[sides.count - 1])
    }

    func units(_ description: KerasLayer) -> Int { description.units ?? description.filters ?? 0 }

    func configuration(_ description: KerasLayer) -> CellConfiguration {
        CellConfiguration(
            activation: description.activation.map(activation) ?? .tanh,
            recurrentActivation: description.recurrentActivation.map(activation) ?? .sigmoid,
            usesBias: description.useBias ?? true,
            kernel: ParameterRules(.glorotUniform, regularizer: description.kernelRegularizer?.rule),
            recurrentKernel: ParameterRules(
                .orthogonal, regularizer: description.recurrentRegularizer?.rule),
            bias: ParameterRules(.constant(0), regularizer: description.biasRegularizer?.rule))
    }

    /// The activation of a name in this version.
    func activation(_ name: String) -> Activation {
        guard let activation = Activation(keras: name, version: version) else {
            preconditionFailure("no activation \(name)")
        }
        return activation
    }
}

extension Activation {
    /// The activation of a name in a version of Keras; nil if there is none.
    init?(keras name: String, version: Int) {
        let own = ["linear": "identity", "hard_sigmoid": version == 2 ? "keras2HardSigmoid" : "hardSigmoid"]
        self.init(rawValue: own[name] ?? name)
    }
}

extension KerasRegularizer {
    var rule: Regularizer { Regularizer(l1: l1 ?? 0, l2: l2 ?? 0) }
}

extension KerasLayer {
    /// The options of the recurrent layer.
    var options: RecurrentOptions {
        let backwards = goBackwards ?? false
        return RecurrentOptions(
            returnSequences: returnSequences ?? false, direction: backwards ? .backward : .forward,
            returnsReadingOrder: backwards, zeroOutputForMask: zeroOutputForMask ?? false)
    }
}
