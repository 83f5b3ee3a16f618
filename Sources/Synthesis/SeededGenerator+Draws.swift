import Files

/// The random draws that decide how a sample looks and what it says.
extension SeededGenerator {
    /// True with this probability.
    mutating func bernoulli(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &self) < probability
    }

    /// A uniformly distributed number in `range`.
    mutating func uniform(_ range: Span) -> Double {
        range.lower < range.upper ? Double.random(in: range.lower...range.upper, using: &self) : range.lower
    }

    /// A uniformly distributed number from `lower` to `upper`.
    mutating func uniform(_ lower: Double, _ upper: Double) -> Double { uniform(Span(lower, upper)) }

    /// A uniformly distributed integer in `range`.
    mutating func integer(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// One of `choices`, all equally likely. `choices` must not be empty.
    mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[Int.random(in: 0..<choices.count, using: &self)]
    }

    /// A random index with a probability proportional to its weight. The sum of `weights` must be positive.
    mutating func index(weights: [Double]) -> Int {
        var remaining = Double.random(in: 0..<weights.reduce(0, +), using: &self)
        for (index, weight) in weights.enumerated() {
            remaining -= weight
            if remaining < 0 { return index }
        }
        return weights.lastIndex { $0 > 0 } ?? 0
    }

    /// The strength of `effect` in this sample; nil if the effect is not applied.
    ///
    /// An effect that is never applied draws nothing, so that the other draws stay the same without it.
    mutating func strength(_ effect: Effect) -> Double? {
        effect.probability > 0 && bernoulli(effect.probability) ? uniform(effect.strength) : nil
    }
}
