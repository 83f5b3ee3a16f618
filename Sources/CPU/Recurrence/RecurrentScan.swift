internal import Tensors

/// The steps of a recurrence over a batch. A step is one matrix product and one pass over its rows.
struct RecurrentScan {
    let recurrence: Recurrence
    let batch: Int
    let time: Int
    let units: Int
    let memory: RecurrentMemory
    /// `[time × batch]`: zero for skipped steps. Nil if no step is skipped.
    let mask: Memory?
    /// The states before the first step, each `[batch × units]`.
    let initial: [Memory]
    /// Whether the initial states were given. Otherwise they are zeros, and their products are left out.
    let startsFromStates: Bool

    /// The columns of the gates.
    var width: Int { recurrence.kind.gates * units }

    /// The time of a step of the scan.
    private func time(of step: Int) -> Int {
        recurrence.direction == .forward ? step : time - 1 - step
    }

    /// A step of the scan, for some of the samples.
    func step(_ index: Int, _ samples: Range<Int>) -> ScanStep {
        ScanStep(
            index: index, row: time(of: index) * batch + samples.lowerBound,
            previousRow: index > 0 ? time(of: index - 1) * batch + samples.lowerBound : nil,
            sample: samples.lowerBound, count: samples.count)
    }

    /// The first row of the last step.
    var lastRow: Int { time(of: time - 1) * batch }

    /// The first rows of two ranges of `(time − 1) · batch` rows: the states, and the gates of the step after each.
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

    /// Whether the states before a step may be other than zero.
    func hasPrevious(_ step: ScanStep) -> Bool { step.previousRow != nil || startsFromStates }
}
