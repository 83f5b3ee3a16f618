/// An effect: how many images it is applied to, and how strongly.
public struct Effect: Codable, Hashable, Sendable {
    /// The share of images that the effect is applied to, 0 … 1.
    public var probability: Double
    /// The range that the strength of each image is drawn from. ``EffectOptions`` states the unit of each effect.
    public var strength: Span

    /// Creates an effect of this probability, with strengths from `lower` to `upper`.
    public init(_ probability: Double, _ lower: Double, _ upper: Double) {
        (self.probability, strength) = (probability, Span(lower, upper))
    }
}
