internal import Foundation

/// What ink does: it runs, wears off, fades, and comes in dots.
struct Press {
    let effects: EffectOptions

    /// The ink on the paper where `ink` is what the type would leave, 0 … 1 in each pixel.
    func printed(_ ink: Plane, using chance: inout Chance) -> Plane {
        var ink = ink
        let size = Double(ink.height)
        if let rows = chance.strength(effects.dots) { ink = dotted(ink, rows: rows) }
        if let amount = chance.strength(effects.spread) { grow(&ink, by: amount / 100 * size) }
        if let amount = chance.strength(effects.erosion) { grow(&ink, by: -amount / 100 * size) }
        if let amount = chance.strength(effects.roughness) { roughen(&ink, amount, &chance) }
        if let amount = chance.strength(effects.wear) { wear(&ink, amount, &chance) }
        if let amount = chance.strength(effects.fading) { fade(&ink, amount, &chance) }
        return ink
    }

    /// Moves the edges of the ink outwards by a number of pixels; inwards where it is negative.
    ///
    /// Under a Gaussian, an edge falls from 1 to 0 over about 2.5 deviations, and another threshold than one half
    /// lies elsewhere on this slope.
    private func grow(_ ink: inout Plane, by distance: Double) {
        let sigma = max(0.5, abs(distance) * 0.9)
        ink = ink.blurred(sigma)
        let threshold = Float(0.5 - max(-0.3, min(0.32, 0.4 * distance / sigma)))
        let slope = Float(max(1.3, 2.2 * sigma))
        ink.update { max(0, min(1, ($0 - threshold) * slope + 0.5)) }
    }

    /// Edges that go in and out at random.
    private func roughen(_ ink: inout Plane, _ amount: Double, _ chance: inout Chance) {
        let cell = max(1.2, Double(ink.height) / 24)
        let noise = Plane.clouds(width: ink.width, height: ink.height, cell: cell, using: &chance)
        let strength = Float(amount) * 0.75
        ink = ink.blurred(0.35 + 0.25 * cell * amount)
        ink.update(with: noise) { max(0, min(1, ($0 - 0.5 + ($1 - 0.5) * strength) * 3 + 0.5)) }
    }

    /// Spots where ink is missing.
    private func wear(_ ink: inout Plane, _ amount: Double, _ chance: inout Chance) {
        let cell = max(1, Double(ink.height) / chance.uniform(6, 30))
        let noise = Plane.clouds(width: ink.width, height: ink.height, cell: cell, using: &chance)
        let threshold = Float(0.08 + 0.3 * amount)
        ink.update(with: noise) { $0 * max(0, min(1, ($1 - threshold) * 6 + 0.5)) }
    }

    /// Ink that grows weaker to one side, or in bands across the letters.
    private func fade(_ ink: inout Plane, _ amount: Double, _ chance: inout Chance) {
        let isWide = chance.happens(0.5)
        let bands = Plane.clouds(
            width: isWide ? ink.width : 1, height: isWide ? 1 : ink.height,
            cell: isWide
                ? Double(max(ink.width, 2)) * chance.uniform(0.1, 1)
                : Double(ink.height) * chance.uniform(0.06, 0.7),
            using: &chance
        ).resized(width: ink.width, height: ink.height)
        ink.update(with: bands) { $0 * (1 - Float(amount) * 0.75 * $1) }
    }

    /// The ink in round dots on a grid of `rows` rows.
    private func dotted(_ ink: Plane, rows: Double) -> Plane {
        let pitch = Double(ink.height) / rows
        guard pitch > 1.4 else { return ink }
        let columns = max(1, Int((Double(ink.width) / pitch).rounded()))
        let needles = ink.resized(width: columns, height: Int(rows.rounded()))
        var output = Plane(width: ink.width, height: ink.height)
        let radius = Float(0.62)
        for row in 0..<ink.height {
            for column in 0..<ink.width {
                let x = (Float(column) + 0.5) / Float(pitch), y = (Float(row) + 0.5) / Float(pitch)
                let (cellX, cellY) = (min(columns - 1, Int(x)), min(needles.height - 1, Int(y)))
                guard needles.values[cellY * columns + cellX] > 0.42 else { continue }
                let (dx, dy) = (x - Float(cellX) - 0.5, y - Float(cellY) - 0.5)
                let distance = (dx * dx + dy * dy).squareRoot()
                output.values[row * ink.width + column] = max(
                    0, min(1, (radius - distance) * Float(pitch) + 0.5))
            }
        }
        return output
    }
}
