internal import Tensors

/// A recurrent kernel `[units × gates·units]` for the products of a forward pass.
enum RecurrentKernel {
    /// Row-major, with the memory that holds it.
    case plain(Operand, Memory)
    /// In panels, with memory for the states of all samples in panels.
    case panels(PanelProduct, Memory)
    /// In int8, with memory for the quantized states of all samples.
    case int8(Int8Product, QuantizedRows)
}

/// A recurrent kernel `[units × gates·units]` for the products of a backward pass.
enum BackwardKernel {
    /// Row-major, with the memory that holds it.
    case plain(Operand, Memory)
    /// Its transpose in panels, with memory for the gates of all samples in panels.
    case panels(PanelProduct, Memory)
}

/// The weights of the states' part of a recurrence.
struct StateWeights {
    let recurrent: RecurrentKernel
    /// One or two rows of `gates·units`.
    let bias: UnsafePointer<Float>
}

extension Recurrence.Kind {
    /// Whether a step uses some of the recurrent kernel's columns before the others.
    var isGatedUnit: Bool { if case .gru = self { true } else { false } }
}
