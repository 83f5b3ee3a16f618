/// A generator of zeros, for a model whose weights are read afterwards: initial weights are not drawn.
///
/// Seeds that are drawn from it are zero, too: a model that is to be trained with dropout needs seeds of its own.
public struct NoRandomness: RandomNumberGenerator, Sendable {
    /// The generator; it has no state.
    public init() {}

    /// Zero.
    public mutating func next() -> UInt64 { 0 }
}
