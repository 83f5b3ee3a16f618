extension SynthesisConfiguration {
    /// The first invalid setting, and why; nil if all are valid.
    var problem: String? { text.problem ?? fonts.problem ?? image.problem ?? effects.problem }
}

extension TextOptions {
    fileprivate var problem: String? {
        if lengths.isEmpty || lengths.contains(where: { $0.range.lower < 1 || $0.range.upper > 1000 }) {
            return "text.lengths: give at least one range, from 1 to 1000 characters"
        }
        let weights =
            [lengths.map(\.weight), kinds.all.map(\.weight), letterCase.all].map { ($0, $0.reduce(0, +)) }
            + (sources.isEmpty ? [] : [(sources.map(\.weight), sources.map(\.weight).reduce(0, +))])
        if weights.contains(where: { $0.0.contains { $0 < 0 } || $0.1 <= 0 || !$0.1.isFinite }) {
            return "text: weights are 0 or more, and at least one of each group is positive"
        }
        if !alphabet.isEmpty, alphabet.allSatisfy({ $0 == " " }) {
            return "text.alphabet: give symbols other than the space, or leave it empty to allow any"
        }
        if longS > 0, !alphabet.isEmpty, !alphabet.contains("ſ") {
            return "text.longS: add ſ to text.alphabet, or leave out the long s"
        }
        let probabilities = [balanced, typographic, hyphenated, footnotes, longS]
        return probabilities.allSatisfy { (0...1).contains($0) }
            ? nil : "text: probabilities must be between 0 and 1"
    }
}

extension FontOptions {
    fileprivate var problem: String? {
        if !(0...1).contains(slanted) {
            return "fonts.slanted: the probability \(slanted) is not between 0 and 1"
        }
        if weights.contains(where: { $0.weight < 0 || !$0.weight.isFinite }) {
            return "fonts.weights: weights are 0 or more"
        }
        return letterSpacing.problem("fonts.letterSpacing") ?? wordSpacing.problem("fonts.wordSpacing")
    }
}

extension ImageOptions {
    fileprivate var problem: String? {
        if height.lower < 8 || height.upper > 1000 {
            return "image.height: give heights from 8 to 1000 pixels"
        }
        if maximumWidth < 8 || maximumWidth > 20_000 { return "image.maximumWidth: give 8 to 20000 pixels" }
        return (0..<1).contains(legibility) ? nil : "image.legibility: give 0 or more, below 1"
    }
}

extension EffectOptions {
    /// The allowed strengths of each effect that limits them.
    private static let limits: [String: ClosedRange<Double>] = [
        "stretch": 0.2...5, "skew": -45...45, "margin": -0.3...3, "lowResolution": 0.1...1, "dots": 4...100,
        "blur": 0...30, "motion": 0...100, "spread": 0...10, "erosion": 0...10, "jpeg": 1...100,
        "waves": 0...1,
        "bend": -2...2, "slant": -2...2, "arc": -270...270, "slices": 0...1, "underline": 0...30,
        "hollow": 0...30, "relief": 0...50,
        "earlyJPEG": 1...100, "perspective": 0...3, "noise": 0...1, "contour": 0...30,
    ]

    fileprivate var problem: String? {
        for (name, path) in Self.named {
            let effect = self[keyPath: path]
            if let problem = effect.problem("effects.\(name)") { return problem }
            guard let limits = Self.limits[name] else { continue }
            if effect.strength.lower < limits.lowerBound || effect.strength.upper > limits.upperBound {
                return "effects.\(name).strength: \(limits.lowerBound) … \(limits.upperBound)"
            }
        }
        return nil
    }
}

extension Effect {
    fileprivate func problem(_ name: String) -> String? {
        (0...1).contains(probability)
            ? nil : "\(name).probability: \(probability) is not between 0 and 1"
    }
}
