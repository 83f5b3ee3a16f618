internal import Files
internal import Requirements

/// Dropout of a recurrent cell in training, with the same masks at all steps of a sequence (Gal and Ghahramani,
/// arXiv 1512.05287). The remaining values are scaled by 1 / (1 − share).
public struct RecurrentDropout: Sendable, Hashable {
    /// The share of the input's features that is dropped.
    public var inputShare: Float
    /// The share of the state's units that is dropped.
    public var stateShare: Float
    /// Whether each gate has a mask of its own (Keras' `implementation=1`) or all share one (`2`). Nil for Keras'
    /// default: a mask for each gate if `stateShare` is positive.
    public var masksEachGate: Bool?
    /// Determines the masks: layers of one shape and one seed have equal masks. If nil, the cell draws a seed from the
    /// generator of its weights, after these.
    public var seed: UInt64?

    /// Dropout by shares from 0 to below 1.
    public init(
        inputShare: Float = 0, stateShare: Float = 0, masksEachGate: Bool? = nil, seed: UInt64? = nil
    ) {
        require(
            0..<1 ~= inputShare && 0..<1 ~= stateShare,
            "dropout shares of \(inputShare) and \(stateShare), which are not from 0 to below 1")
        self.inputShare = inputShare
        self.stateShare = stateShare
        self.masksEachGate = masksEachGate
        self.seed = seed
    }

    /// No dropout.
    public static let none = RecurrentDropout()

    /// Whether anything is dropped.
    var isActive: Bool { inputShare > 0 || stateShare > 0 }

    /// The number of masks that a cell of `gates` gates draws for each share.
    func maskCount(gates: Int) -> Int { masksEachGate ?? (stateShare > 0) ? gates : 1 }

    /// The generator of the masks. Draws no seed if nothing is dropped.
    func maskGenerator(using generator: inout some RandomNumberGenerator) -> SeededGenerator {
        SeededGenerator(seed: seed ?? (isActive ? generator.next() : 0))
    }
}
