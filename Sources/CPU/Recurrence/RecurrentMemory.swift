internal import Tensors

/// The results of a recurrence that its backward pass reads. The rows of one time step are adjacent.
struct RecurrentMemory: Sendable {
    let kind: Recurrence.Kind
    /// The activated gates `[time × batch × gates·units]`; of a simple recurrence, its states.
    let gates: Memory
    /// The states `[time × batch × units]`, which are also the outputs if there is no mask.
    let states: CPUStorage
    /// `[time × batch × units]`: the cells of an LSTM; the states' part of the candidate of a GRU that resets after the
    /// product; the reset states of a GRU that resets before it. A simple recurrence has its states here.
    let inner: Memory

    /// Memory for outputs `[batch × time × units]`.
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
