public import Tensors

/// One step of a recurrence; ``RNN`` scans it over time.
///
/// A cell has forward and backward passes, as a ``Layer`` has. Its states, its output and its input may have any shape
/// `[batch × …]`.
public protocol RecurrentCell: Parameterized {
    /// The values that `backward` needs from its `forward`.
    associatedtype Cache: Sendable

    /// The size of the last axis of each state.
    var stateSize: [Int] { get }
    /// The size of the output's last axis.
    var outputSize: Int { get }
    /// The shape of each state for one step of input `[batch × …]`; by default, `[batch × stateSize]`.
    func stateShapes(for input: Shape) -> [Shape]
    /// The shape of the output for one step of input; by default, `[batch × outputSize]`.
    func outputShape(for input: Shape) -> Shape

    /// Prepares the training pass over a sequence of steps of shape `step`: draws the dropout masks, which all steps
    /// share. By default, does nothing.
    mutating func beginSequence(like step: Shape, on device: any Device)
    /// One step of inference.
    func callAsFunction(_ input: CellInput) -> CellOutput
    /// One step of training, and the cache for its backward pass.
    mutating func forward(_ input: CellInput) -> (output: CellOutput, cache: Cache)
    /// The gradients for the step's input. Adds the parameters' gradients to those of later steps; see
    /// ``Parameter/accumulate(_:)``.
    mutating func backward(_ gradient: CellOutput, _ cache: consuming Cache) -> CellInput
}

extension RecurrentCell {
    /// `[batch × stateSize]` for each state.
    public func stateShapes(for input: Shape) -> [Shape] { stateSize.map { [input[0], $0] } }

    /// `[batch × outputSize]`.
    public func outputShape(for input: Shape) -> Shape { [input[0], outputSize] }

    /// Most cells have nothing to prepare.
    public mutating func beginSequence(like step: Shape, on device: any Device) {}
}
