/// The numbers from `lower` to `upper`; `[lower, upper]` in a configuration.
public struct Span: Codable, Hashable, Sendable {
    /// The lower bound.
    public var lower: Double
    /// The upper bound.
    public var upper: Double

    /// Creates the range from `lower` to `upper`.
    public init(_ lower: Double, _ upper: Double) { (self.lower, self.upper) = (lower, upper) }

    /// Decodes `[lower, upper]`.
    ///
    /// - Throws: `DecodingError` unless it has two finite numbers in ascending order.
    public init(from decoder: any Decoder) throws {
        let bounds = try decoder.singleValueContainer().decode([Double].self)
        guard bounds.count == 2, bounds[0] <= bounds[1], bounds.allSatisfy(\.isFinite) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "expected [least, greatest]"))
        }
        self.init(bounds[0], bounds[1])
    }

    /// Encodes `[lower, upper]`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode([lower, upper])
    }
}
