import Files

/// The paper: its brightness, uneven light, texture, and print that shows through from its back side.
struct PaperEffects {
    let effects: EffectOptions

    /// The brightness of the paper before the text is printed, 0 … 1 in each pixel.
    ///
    /// - Parameter backSide: The ink on the back side of the page, seen through the paper; nil for none.
    func paper(
        width: Int, height: Int, backSide: Plane?, using generator: inout SeededGenerator
    ) -> Plane {
        let level = Float(generator.strength(effects.paper) ?? 1)
        var paper = Plane(width: width, height: height, filledWith: level)
        if let amount = generator.strength(effects.unevenLight) {
            paper.shade(Float(amount), using: &generator)
        }
        if let amount = generator.strength(effects.texture) { addTexture(&paper, Float(amount), &generator) }
        if let backSide,
            let amount = generator.strength(
                Effect(1, effects.bleedThrough.strength.lower, effects.bleedThrough.strength.upper))
        {
            let soft = backSide.blurred(Double(height) * generator.uniform(0.01, 0.05))
            paper.update(with: soft) { $0 * (1 - Float(amount) * $1) }
        }
        return paper
    }

    /// Darkens the paper by coarse and fine noise.
    private func addTexture(_ paper: inout Plane, _ amount: Float, _ generator: inout SeededGenerator) {
        for part in [2.0, 8.0] {
            let cell = max(1.2, Double(paper.height) / part * generator.uniform(0.3, 1))
            let noise = Plane.valueNoise(
                width: paper.width, height: paper.height, cell: cell, using: &generator)
            paper.update(with: noise) { $0 - amount * 0.6 * $1 }
        }
    }
}
