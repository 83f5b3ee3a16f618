internal import Tensors

/// What a recurrence computes on its way and its backward pass reads; the rows of one time step lie side by side.
struct RecurrentMemory: Sendable {
    /// Whose gates these are.
    let kind: Recurrence.Kind
    /// `[time × batch × gates·units]`, activated; those of a simple recurrence are its states.
    let gates: Memory
    /// `[time × batch × units]`; also the output where there is no mask.
    let states: CPUStorage
    /// `[time × batch × units]`: an LSTM's cells, the part of a gated unit's candidate that is reset, or the
    /// states that its reset gate left. A simple recurrence has none, and its states stand here.
    let inner: Memory

    /// For outputs `[batch × time × units]`.
    init(_ kind: Recurrence.Kind, _ shape: Shape, in context: Context) {
        self.kind = kind
        let (batch, time, units) = (shape[0], shape[1], shape[2])
        let memory = context.memory(.timeMajor(shape))
        states = CPUStorage(memory, shape: shape, in: context)
        guard kind.gates > 1 else {
            (gates, inner) = (memory, memory)
            return
        }
        gates = context.memory(.dense([time, batch, kind.gates * units]))
        inner = context.memory(.dense([time, batch, units]))
    }
}

/// The walk of a recurrence over a batch: a step is one matrix product and one pass over its rows.
struct RecurrentScan {
    let recurrence: Recurrence
    let batch: Int
    let time: Int
    let units: Int
    let memory: RecurrentMemory
    /// `[time × batch]`, zero where a step is passed over; nil where all are read.
    let mask: Memory?
    /// The states before the first step, each `[batch × units]`.
    let initial: [Memory]
    /// Whether these were given; else they are zeros, and their products are left out.
    let startsFromStates: Bool

    /// The columns of the gates.
    var width: Int { recurrence.kind.gates * units }

    /// The time at which the scan's `step` happens.
    private func time(of step: Int) -> Int {
        recurrence.direction == .forward ? step : time - 1 - step
    }

    /// A step of the scan for some of the samples.
    func step(_ index: Int, _ samples: Range<Int>) -> ScanStep {
        ScanStep(
            index: index, row: time(of: index) * batch + samples.lowerBound,
            previousRow: index > 0 ? time(of: index - 1) * batch + samples.lowerBound : nil,
            sample: samples.lowerBound, count: samples.count)
    }

    /// The first of the rows in which the scan ends.
    var lastRow: Int { time(of: time - 1) * batch }

    /// The first of the rows, `(time − 1) · batch` each, of states and of the gates that see them next.
    var neighbours: (states: Int, gates: Int) {
        recurrence.direction == .forward ? (0, batch) : (batch, 0)
    }

    // MARK: Rows of a step

    func gates(_ step: ScanStep) -> UnsafeMutablePointer<Float> { memory.gates.floats + step.row * width }
    func states(_ step: ScanStep) -> UnsafeMutablePointer<Float> {
        memory.states.memory.floats + step.row * units
    }
    func inner(_ step: ScanStep) -> UnsafeMutablePointer<Float> { memory.inner.floats + step.row * units }
    func mask(_ step: ScanStep) -> UnsafePointer<Float>? { mask.map { UnsafePointer($0.floats + step.row) } }

    /// The states before a step.
    func previousStates(_ step: ScanStep) -> UnsafePointer<Float> {
        previous(memory.states.memory, initial[0], step)
    }

    /// An LSTM's cells before a step.
    func previousCells(_ step: ScanStep) -> UnsafePointer<Float> { previous(memory.inner, initial[1], step) }

    private func previous(_ rows: Memory, _ initial: Memory, _ step: ScanStep) -> UnsafePointer<Float> {
        UnsafePointer(
            step.previousRow.map { rows.floats + $0 * units } ?? initial.floats + step.sample * units)
    }

    /// Whether the states before a step may differ from zero.
    func hasPrevious(_ step: ScanStep) -> Bool { step.previousRow != nil || startsFromStates }
}

/// The rows of consecutive samples at one time of a scan.
struct ScanStep {
    /// How many steps of the scan come before.
    let index: Int
    /// Where they begin among all rows `[time × batch]`.
    let row: Int
    /// Where those of the step before begin; nil for the first step.
    let previousRow: Int?
    /// The first sample.
    let sample: Int
    /// How many samples there are.
    let count: Int
}

/// The weights of the states' part.
struct StateWeights {
    let recurrent: StateKernel
    /// One or two rows of `gates·units`.
    let bias: UnsafePointer<Float>
}

/// A recurrent kernel `[units × gates·units]`.
enum StateKernel {
    /// Row-major.
    case plain(Operand, Memory)
    /// In panels, with memory for the states of all samples as such.
    case panels(PanelProduct, Memory)
    /// Whole numbers, with memory for the batch's states as such.
    case whole(IntegerProduct, RoundedRows)
}

extension Recurrence.Kind {
    /// Whether a step takes some of the recurrent kernel's columns before the others.
    var isGatedUnit: Bool { if case .gru = self { true } else { false } }
}
