public import Foundation

/// A random number generator with a state of 64 bits: the same seed gives the same sequence on every machine.
///
/// SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
public struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable, Codable {
    @usableFromInline internal var state: UInt64

    /// Creates a generator that starts from `seed`.
    public init(seed: UInt64) { state = seed }

    /// Creates a separate generator for one item, such as a sample of an epoch: `path` leads to the item.
    ///
    /// The seed is mixed before the first step of the path. Otherwise, seed 5 with step 3 would equal seed 6 with
    /// step 0.
    public init(seed: UInt64, _ path: Int...) {
        self.init(seed: seed)
        for step in path {
            state = next() ^ UInt64(bitPattern: Int64(step))
        }
        state = next()
    }

    /// 64 random bits.
    @inlinable
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension RandomNumberGenerator {
    /// A number from the normal distribution with mean 0 and standard deviation 1 (Box and Muller 1958).
    @inlinable
    public mutating func normal() -> Float {
        let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude...1, using: &self)))
            .squareRoot()
        return Float(radius * cos(2 * Double.pi * Double.random(in: 0..<1, using: &self)))
    }
}
