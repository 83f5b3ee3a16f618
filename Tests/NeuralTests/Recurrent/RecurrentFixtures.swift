import Files
import Neural
import Tensors

/// Keras' cells, with both forms of the GRU.
enum CellKind: CaseIterable {
    case simple, lstm, gru, gruResetBefore
}

/// A type-erased cell; its results are those of the wrapped cell.
struct AnyCell: GatedCell {
    var cell: any GatedCell

    init(
        _ kind: CellKind, features: Int = 2, units: Int = 2,
        _ configuration: CellConfiguration = CellConfiguration()
    ) {
        var generator = SeededGenerator(seed: 3)
        switch kind {
        case .simple:
            cell = SimpleRNNCell(
                features: features, units: units, configuration, on: reference, using: &generator)
        case .lstm:
            cell = LSTMCell(features: features, units: units, configuration, on: reference, using: &generator)
        case .gru, .gruResetBefore:
            cell = GRUCell(
                features: features, units: units, configuration, resetAfter: kind == .gru, on: reference,
                using: &generator)
        }
        if configuration.usesBias {
            cell.weights.bias.value = .uniform(cell.weights.bias.value.shape, seed: 5)
        }
    }

    var weights: CellWeights {
        get { cell.weights }
        set { cell.weights = newValue }
    }
    var recurrence: Recurrence.Kind? { cell.recurrence }
    var stateSize: [Int] { cell.stateSize }

    func callAsFunction(_ input: CellInput) -> CellOutput { cell(input) }

    mutating func forward(_ input: CellInput) -> (output: CellOutput, cache: any Sendable) {
        func step(_ cell: inout some GatedCell) -> (CellOutput, any Sendable) { cell.forward(input) }
        return step(&cell)
    }

    mutating func backward(_ gradient: CellOutput, _ cache: consuming any Sendable) -> CellInput {
        func step<Cell: GatedCell>(_ cell: inout Cell, _ cache: any Sendable) -> CellInput {
            guard let cache = cache as? Cell.Cache else { preconditionFailure("the cache of another cell") }
            return cell.backward(gradient, cache)
        }
        return step(&cell, cache)
    }
}

/// Masks of three samples of four steps.
enum MaskForm: CaseIterable {
    case none, firstSteps, holes, wholeSample, paddedRight

    var tensor: Tensor? {
        let rows: [[Float]]
        switch self {
        case .none: return nil
        case .firstSteps: rows = [[0, 1, 1, 1], [0, 0, 1, 1], [1, 1, 1, 1]]
        case .holes: rows = [[1, 0, 0, 1], [1, 1, 0, 1], [0, 1, 0, 1]]
        case .wholeSample: rows = [[1, 1, 1, 1], [0, 0, 0, 0], [1, 0, 1, 1]]
        case .paddedRight: rows = [[1, 1, 1, 1], [1, 0, 0, 0], [1, 1, 1, 0]]
        }
        return Tensor(rows.flatMap { $0 }, shape: [3, 4], on: reference)
    }
}

/// All options.
let allOptions: [RecurrentOptions] = [true, false].flatMap { sequences in
    [(ScanDirection.forward, false), (.backward, false), (.backward, true)].flatMap { direction, order in
        [true, false].map { zeros in
            RecurrentOptions(
                returnSequences: sequences, direction: direction, returnsReadingOrder: order,
                zeroOutputForMask: zeros)
        }
    }
}

extension RecurrentLayer {
    /// A batch of three samples of four steps with two features, optionally with initial states.
    func input(_ mask: MaskForm = .none, withStates: Bool = true) -> RecurrentInput {
        let sequence = Tensor.uniform([3, 4, 2], seed: 11)
        let shapes = withStates ? stateShapes(for: sequence.shape) : []
        return RecurrentInput(
            sequence, mask: mask.tensor,
            state: shapes.enumerated().map { .uniform($1, seed: 21 + UInt64($0)) })
    }
}

extension Tensor {
    /// The first `time` steps of one sample of a sequence; without `time`, one sample of any tensor.
    func sample(_ index: Int, steps time: Int? = nil) -> Tensor {
        let size = shape.count / shape[0]
        let width = size / (time == nil ? 1 : shape[1])
        let scalars = scalars[index * size..<index * size + (time ?? 1) * width]
        let axes = time.map { [1, $0] + shape.dimensions.dropFirst(2) } ?? [1] + shape.dimensions.dropFirst()
        return Tensor(Array(scalars), shape: Shape(axes), on: reference)
    }
}
