internal import Files
internal import Tensors

/// What a recurrent cell leaves out in training, by masks that hold for a whole sequence
/// (Gal and Ghahramani, arXiv 1512.05287). What is kept is scaled by 1 / (1 − share).
public struct RecurrentDropout: Sendable, Hashable {
    /// The share of the input's features.
    public var inputShare: Float
    /// The share of the state's units.
    public var stateShare: Float
    /// Whether each gate has a mask of its own (Keras' `implementation=1`) or all share one (`2`); nil for what
    /// Keras makes of its default, one for each gate where units of the state may be left out.
    public var masksEachGate: Bool?
    /// Decides the masks; layers of one shape and one seed leave out the same. Nil for one that the cell draws
    /// after its weights, from their generator.
    public var seed: UInt64?

    /// Shares from 0 to below 1.
    public init(
        inputShare: Float = 0, stateShare: Float = 0, masksEachGate: Bool? = nil, seed: UInt64? = nil
    ) {
        precondition(
            0..<1 ~= inputShare && 0..<1 ~= stateShare,
            "shares of \(inputShare) and \(stateShare) to leave out")
        self.inputShare = inputShare
        self.stateShare = stateShare
        self.masksEachGate = masksEachGate
        self.seed = seed
    }

    /// Keeps everything.
    public static let none = RecurrentDropout()

    /// Whether anything may be left out.
    var isActive: Bool { inputShare > 0 || stateShare > 0 }

    /// How many masks a cell of `gates` gates draws for what it leaves out.
    func maskCount(gates: Int) -> Int { masksEachGate ?? (stateShare > 0) ? gates : 1 }

    /// What draws the masks. Where nothing is left out no seed is drawn, and the generator stays as it is.
    func masking(using generator: inout some RandomNumberGenerator) -> SeededGenerator {
        SeededGenerator(seed: seed ?? (isActive ? generator.next() : 0))
    }
}

/// What a cell leaves out during one sequence: none, one mask for all gates, or one for each.
struct DropoutMasks: Sendable {
    /// Each of the input's shape.
    var input: [Tensor] = []
    /// Each of the state's shape.
    var state: [Tensor] = []
}

extension SeededGenerator {
    /// Masks of zeros and 1 / (1 − share); none for a share of zero.
    mutating func masks(
        _ count: Int, _ shape: Shape, leavingOut share: Float, on device: any Device
    ) -> [Tensor] {
        guard share > 0 else { return [] }
        return (0..<count).map { _ in
            let kept = (0..<shape.count).map { _ -> Float in
                Float.random(in: 0..<1, using: &self) < share ? 0 : 1 / (1 - share)
            }
            return Tensor(kept, shape: shape, on: device)
        }
    }
}
