/// The gradients that the backward pass of a recurrence reads and fills. The rows of one time step are adjacent.
struct RecurrentGradientMemory {
    /// The gradients of the outputs `[time × batch × units]`.
    let outputs: Memory
    /// The gradients of the gates' sums `[time × batch × gates·units]`.
    let gates: Memory
    /// The gradients `[time × batch × units]` of the `inner` memory of a GRU.
    let inner: Memory?
    /// The gradients of the states, each `[batch × units]`: at first of those after the last step, at the end of those
    /// before the first step.
    let states: [Memory]
}
