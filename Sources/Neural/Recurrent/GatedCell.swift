public import Tensors

/// A cell of weights in Keras' shapes.
///
/// Closed: only this module makes ``CellWeights``, so that its own cells alone conform. Another cell is a
/// ``RecurrentCell``.
public protocol GatedCell: RecurrentCell {
    /// Kernel, recurrent kernel and bias.
    var weights: CellWeights { get set }
}

extension GatedCell {
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
    /// `[gates·units]`, or `[2 × gates·units]`.
    public var bias: Parameter {
        get { weights.bias }
        set { weights.bias = newValue }
    }
    /// The units of the output.
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
