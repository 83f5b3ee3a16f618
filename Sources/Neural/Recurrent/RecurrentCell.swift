public import Tensors

/// One step of a recurrence: what ``RNN`` scans.
///
/// A cell is written as a layer is, with a forward and a backward pass side by side. Its states, its output and
/// its input may be of any shape `[batch × …]`.
public protocol RecurrentCell: Parameterized {
    /// What `backward` needs from its `forward`.
    associatedtype Cache: Sendable

    /// The size of the last axis of each state.
    var stateSize: [Int] { get }
    /// The size of the output's last axis.
    var outputSize: Int { get }
    /// The shape of each state for one step of input `[batch × …]`; `[batch × stateSize]` unless said otherwise.
    func stateShapes(for input: Shape) -> [Shape]
    /// The shape of the output for one step of input; `[batch × outputSize]` unless said otherwise.
    func outputShape(for input: Shape) -> Shape

    /// Prepares for the training pass over a sequence whose steps are shaped like `step`: draws dropout masks,
    /// which are then held fixed over its time. Nothing unless said otherwise.
    mutating func beginSequence(like step: Shape, on device: any Device)
    /// One step of inference.
    func callAsFunction(_ input: CellInput) -> CellOutput
    /// One step of training, and what its backward pass needs.
    mutating func forward(_ input: CellInput) -> (output: CellOutput, cache: Cache)
    /// The gradients for the step's input; those of the parameters are added to what the steps after it left
    /// there (``Parameter/accumulate(_:)``).
    mutating func backward(_ gradient: CellOutput, _ cache: consuming Cache) -> CellInput
}

/// What a cell sees in one step; also the gradients for it.
public struct CellInput: Sendable {
    /// `[batch × …]`.
    public var input: Tensor
    /// The states before the step.
    public var state: [Tensor]
    /// What is the same at every step; as gradients, one for each, or none from a cell that does not use them.
    public var constants: [Tensor]

    /// Groups what a cell sees.
    public init(_ input: Tensor, state: [Tensor], constants: [Tensor] = []) {
        self.input = input
        self.state = state
        self.constants = constants
    }
}

/// What a cell gives in one step; also the gradients of that.
public struct CellOutput: Sendable {
    /// `[batch × …]`.
    public var output: Tensor
    /// The states after the step.
    public var state: [Tensor]

    /// Groups what a cell gives.
    public init(_ output: Tensor, state: [Tensor]) {
        self.output = output
        self.state = state
    }
}

extension RecurrentCell {
    /// `[batch × stateSize]` for each state.
    public func stateShapes(for input: Shape) -> [Shape] { stateSize.map { [input[0], $0] } }

    /// `[batch × outputSize]`.
    public func outputShape(for input: Shape) -> Shape { [input[0], outputSize] }

    /// Most cells have nothing to prepare.
    public mutating func beginSequence(like step: Shape, on device: any Device) {}
}

/// The sums of two gradients for the same constants; where one side does not use them, the other's.
func summed(_ first: [Tensor], _ second: [Tensor]) -> [Tensor] {
    guard !first.isEmpty else { return second }
    guard !second.isEmpty else { return first }
    precondition(
        first.count == second.count, "gradients for \(first.count) and for \(second.count) constants")
    return zip(first, second).map { $0.device.sum($0, $1) }
}

extension Parameter {
    /// Adds to the gradient, where a parameter serves several steps of one pass.
    public mutating func accumulate(_ gradient: Tensor) {
        self.gradient = self.gradient.map { gradient.device.sum($0, gradient) } ?? gradient
    }
}

extension Parameterized {
    /// Forgets all gradients.
    mutating func clearGradients() {
        var clearing = GradientClearing()
        visitParameters(&clearing)
    }
}

private struct GradientClearing: ParameterVisitor {
    var path: [String] = []

    mutating func visit(_ parameter: inout Parameter) { parameter.gradient = nil }
}
