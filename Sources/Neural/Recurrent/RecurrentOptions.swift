public import Tensors

/// How a recurrent layer reads a sequence and what it returns.
public struct RecurrentOptions: Sendable, Hashable {
    /// Whether the outputs of all steps are returned, or only that of the step read last.
    public var returnSequences: Bool
    /// The direction of reading.
    public var direction: ScanDirection
    /// Whether outputs are in reading order, as with Keras' `go_backwards`, instead of in the order of the steps.
    /// There is no difference in a forward scan.
    public var returnsReadingOrder: Bool
    /// Whether masked steps output zeros instead of repeating the last output.
    public var zeroOutputForMask: Bool

    /// By default, Keras' defaults: the last output of a forward scan.
    public init(
        returnSequences: Bool = false, direction: ScanDirection = .forward,
        returnsReadingOrder: Bool = false, zeroOutputForMask: Bool = false
    ) {
        self.returnSequences = returnSequences
        self.direction = direction
        self.returnsReadingOrder = returnsReadingOrder
        self.zeroOutputForMask = zeroOutputForMask
    }

    /// Keras' `go_backwards`: reads from the last step and returns outputs in that order.
    public static func goBackwards(returnSequences: Bool = false) -> RecurrentOptions {
        RecurrentOptions(
            returnSequences: returnSequences, direction: .backward, returnsReadingOrder: true)
    }

    /// Whether the outputs of a scan have to be reversed.
    var reversesOutputs: Bool { returnSequences && returnsReadingOrder && direction == .backward }

    /// The step that is read last.
    func lastStep(of time: Int) -> Int { direction == .forward ? time - 1 : 0 }

    /// The steps in the order in which they are read.
    func order(_ time: Int) -> [Int] {
        direction == .forward ? Array(0..<time) : (0..<time).reversed()
    }
}
