public import Tensors

/// A cell with ``CellWeights``: kernels and a bias in Keras' shapes.
///
/// Closed: only this module creates ``CellWeights``, so only its own cells conform. Other cells conform to
/// ``RecurrentCell``.
public protocol GatedCell: RecurrentCell {
    /// Kernel, recurrent kernel and bias.
    var weights: CellWeights { get set }
    /// The device's recurrence with the same result, for ``FusedRNN``; by default, nil: the device has none.
    var recurrence: Recurrence.Kind? { get }
}

extension GatedCell {
    /// None: the cell is scanned step by step.
    public var recurrence: Recurrence.Kind? { nil }

    /// `[features × gates·units]`; see ``CellWeights``.
    public var kernel: Parameter {
        get { weights.kernel }
        set { weights.kernel = newValue }
    }
    /// `[units × gates·units]`; see ``CellWeights``.
    public var recurrentKernel: Parameter {
        get { weights.recurrentKernel }
        set { weights.recurrentKernel = newValue }
    }
    /// `[gates·units]`, or `[2 × gates·units]`; see ``CellWeights``.
    public var bias: Parameter {
        get { weights.bias }
        set { weights.bias = newValue }
    }
    /// The number of units.
    public var outputSize: Int { weights.units }

    /// Draws the dropout masks.
    public mutating func beginSequence(like step: Shape, on device: any Device) {
        weights.drawMasks(input: step, state: stateShapes(for: step)[0], on: device)
    }

    /// Visits kernel, recurrent kernel and bias.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        weights.visitParameters(&visitor)
    }
}
