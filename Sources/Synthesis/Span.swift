/// The numbers from `lower` to `upper`; `[lower, upper]` in a configuration.
public struct Span: Codable, Hashable, Sendable {
    /// The least number.
    public var lower: Double
    /// The greatest number.
    public var upper: Double

    /// The numbers between two ends.
    public init(_ lower: Double, _ upper: Double) { (self.lower, self.upper) = (lower, upper) }

    /// Reads `[lower, upper]`.
    public init(from decoder: any Decoder) throws {
        let ends = try decoder.singleValueContainer().decode([Double].self)
        guard ends.count == 2, ends[0] <= ends[1], ends.allSatisfy(\.isFinite) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "expected [least, greatest]"))
        }
        self.init(ends[0], ends[1])
    }

    /// Writes `[lower, upper]`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode([lower, upper])
    }
}

/// How often something is done to a picture, and how much.
public struct Effect: Codable, Hashable, Sendable {
    /// In how many of the pictures, 0 … 1.
    public var probability: Double
    /// How much; a number of this range is drawn for each picture. What 1 means stands beside each effect.
    public var strength: Span

    /// An effect of this probability and strength.
    public init(_ probability: Double, _ lower: Double, _ upper: Double) {
        (self.probability, strength) = (probability, Span(lower, upper))
    }
}
