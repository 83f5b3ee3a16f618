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
        if let amount = generator.strength(effects.unevenLight) { shade(&paper, Float(amount), &generator) }
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

    /// Darkens the paper by an amount that is interpolated between random values at four corners.
    private func shade(_ paper: inout Plane, _ amount: Float, _ generator: inout SeededGenerator) {
        let corners = Plane(
            width: 2, height: 2, values: (0..<4).map { _ in Float.random(in: 0...1, using: &generator) })
        for row in 0..<paper.height {
            for column in 0..<paper.width {
                let light = corners.sample(
                    Float(column) / Float(paper.width), Float(row) / Float(max(paper.height, paper.width / 4))
                )
                paper.values[row * paper.width + column] -= amount * light
            }
        }
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
