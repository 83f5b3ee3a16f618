internal import Files

/// What the making of one sample draws its decisions from.
typealias Chance = SeededGenerator

extension Chance {
    /// Whether something of this probability happens.
    mutating func happens(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &self) < probability
    }

    /// A number between the ends of `range`, all equally likely.
    mutating func uniform(_ range: Span) -> Double {
        range.lower < range.upper ? Double.random(in: range.lower...range.upper, using: &self) : range.lower
    }

    /// A number between two ends.
    mutating func uniform(_ lower: Double, _ upper: Double) -> Double { uniform(Span(lower, upper)) }

    /// A whole number from a range.
    mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// One of `choices`, which are not empty.
    mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[Int.random(in: 0..<choices.count, using: &self)]
    }

    /// An index with a probability in proportion to `weights`, whose sum is positive.
    mutating func index(weights: [Double]) -> Int {
        var remaining = Double.random(in: 0..<weights.reduce(0, +), using: &self)
        for (index, weight) in weights.enumerated() {
            remaining -= weight
            if remaining < 0 { return index }
        }
        return weights.lastIndex { $0 > 0 } ?? 0
    }

    /// The strength of `effect` in this sample; nil where it does not occur.
    mutating func strength(_ effect: Effect) -> Double? {
        happens(effect.probability) ? uniform(effect.strength) : nil
    }
}
