/// The paper: its brightness, texture and dirt, and what is on its other side.
struct Sheet {
    let effects: EffectOptions

    /// The brightness of a sheet without text, 0 … 1 in each pixel.
    func paper(width: Int, height: Int, reverse: Plane?, using chance: inout Chance) -> Plane {
        let level = Float(chance.strength(effects.paper) ?? 1)
        var paper = Plane(width: width, height: height, filledWith: level)
        if let amount = chance.strength(effects.unevenLight) { shade(&paper, Float(amount), &chance) }
        if let amount = chance.strength(effects.texture) { addTexture(&paper, Float(amount), &chance) }
        if let reverse,
            let amount = chance.strength(
                Effect(1, effects.bleedThrough.strength.lower, effects.bleedThrough.strength.upper))
        {
            let soft = reverse.blurred(Double(height) * chance.uniform(0.01, 0.05))
            paper.update(with: soft) { $0 * (1 - Float(amount) * $1) }
        }
        return paper
    }

    /// Light that falls off in some direction.
    private func shade(_ paper: inout Plane, _ amount: Float, _ chance: inout Chance) {
        let corners = Plane(
            width: 2, height: 2, values: (0..<4).map { _ in Float.random(in: 0...1, using: &chance) })
        for row in 0..<paper.height {
            for column in 0..<paper.width {
                let light = corners.sample(
                    Float(column) / Float(paper.width), Float(row) / Float(max(paper.height, paper.width / 4))
                )
                paper.values[row * paper.width + column] -= amount * light
            }
        }
    }

    private func addTexture(_ paper: inout Plane, _ amount: Float, _ chance: inout Chance) {
        for part in [2.0, 8.0] {
            let cell = max(1.2, Double(paper.height) / part * chance.uniform(0.3, 1))
            let clouds = Plane.clouds(width: paper.width, height: paper.height, cell: cell, using: &chance)
            paper.update(with: clouds) { $0 - amount * 0.6 * $1 }
        }
    }
}
