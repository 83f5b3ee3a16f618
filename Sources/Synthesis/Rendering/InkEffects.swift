import Files
import Foundation

/// Effects of printing: ink that spreads, wears off or fades, and dot-matrix print.
struct InkEffects {
    let effects: EffectOptions

    /// The printed ink, 0 … 1 in each pixel, of letters that cover `coverage`.
    func printed(_ coverage: Plane, using generator: inout SeededGenerator) -> Plane {
        var ink = coverage
        let size = Double(ink.height)
        if let width = generator.strength(effects.hollow) { ink = hollowed(ink, rim: width / 100 * size) }
        if let rows = generator.strength(effects.dots) { ink = dotted(ink, rows: rows) }
        if let amount = generator.strength(effects.spread) { grow(&ink, by: amount / 100 * size) }
        if let amount = generator.strength(effects.erosion) { grow(&ink, by: -amount / 100 * size) }
        if let amount = generator.strength(effects.roughness) { roughen(&ink, amount, &generator) }
        if let amount = generator.strength(effects.wear) { wear(&ink, amount, &generator) }
        if let amount = generator.strength(effects.fading) { fade(&ink, amount, &generator) }
        return ink
    }

    /// The ink without the inside of the letters, which is more than `rim` pixels away from their edges.
    private func hollowed(_ ink: Plane, rim: Double) -> Plane {
        var inside = ink
        grow(&inside, by: -rim)
        var output = ink
        output.update(with: inside) { max(0, $0 - $1) }
        return output
    }

    /// Moves the edges of the ink outwards by `distance` pixels; inwards if it is negative.
    ///
    /// A blurred edge falls from 1 to 0 over about 2.5 standard deviations. A threshold below one half therefore
    /// moves the edge outwards.
    private func grow(_ ink: inout Plane, by distance: Double) {
        let sigma = max(0.5, abs(distance) * 0.9)
        ink = ink.blurred(sigma)
        let threshold = Float(0.5 - max(-0.3, min(0.32, 0.4 * distance / sigma)))
        let slope = Float(max(1.3, 2.2 * sigma))
        ink.update { max(0, min(1, ($0 - threshold) * slope + 0.5)) }
    }

    /// Makes edges ragged: noise shifts the threshold of the blurred ink.
    private func roughen(_ ink: inout Plane, _ amount: Double, _ generator: inout SeededGenerator) {
        let cell = max(1.2, Double(ink.height) / 24)
        let noise = Plane.valueNoise(width: ink.width, height: ink.height, cell: cell, using: &generator)
        let strength = Float(amount) * 0.75
        ink = ink.blurred(0.35 + 0.25 * cell * amount)
        ink.update(with: noise) { max(0, min(1, ($0 - 0.5 + ($1 - 0.5) * strength) * 3 + 0.5)) }
    }

    /// Removes the ink in random spots.
    private func wear(_ ink: inout Plane, _ amount: Double, _ generator: inout SeededGenerator) {
        let cell = max(1, Double(ink.height) / generator.uniform(6, 30))
        let noise = Plane.valueNoise(width: ink.width, height: ink.height, cell: cell, using: &generator)
        let threshold = Float(0.08 + 0.3 * amount)
        ink.update(with: noise) { $0 * max(0, min(1, ($1 - threshold) * 6 + 0.5)) }
    }

    /// Fades the ink along the line, or in bands across the letters.
    private func fade(_ ink: inout Plane, _ amount: Double, _ generator: inout SeededGenerator) {
        let isAlongLine = generator.bernoulli(0.5)
        let bands = Plane.valueNoise(
            width: isAlongLine ? ink.width : 1, height: isAlongLine ? 1 : ink.height,
            cell: isAlongLine
                ? Double(max(ink.width, 2)) * generator.uniform(0.1, 1)
                : Double(ink.height) * generator.uniform(0.06, 0.7),
            using: &generator
        ).resized(width: ink.width, height: ink.height)
        ink.update(with: bands) { $0 * (1 - Float(amount) * 0.75 * $1) }
    }

    /// The ink as round dots on a grid of `rows` rows.
    private func dotted(_ ink: Plane, rows: Double) -> Plane {
        let pitch = Double(ink.height) / rows
        guard pitch > 1.4 else { return ink }
        let columns = max(1, Int((Double(ink.width) / pitch).rounded()))
        let dots = ink.resized(width: columns, height: Int(rows.rounded()))
        var output = Plane(width: ink.width, height: ink.height)
        let radius = Float(0.62)
        for row in 0..<ink.height {
            for column in 0..<ink.width {
                let x = (Float(column) + 0.5) / Float(pitch), y = (Float(row) + 0.5) / Float(pitch)
                let (cellX, cellY) = (min(columns - 1, Int(x)), min(dots.height - 1, Int(y)))
                guard dots.values[cellY * columns + cellX] > 0.42 else { continue }
                let (dx, dy) = (x - Float(cellX) - 0.5, y - Float(cellY) - 0.5)
                let distance = (dx * dx + dy * dy).squareRoot()
                output.values[row * ink.width + column] = max(
                    0, min(1, (radius - distance) * Float(pitch) + 0.5))
            }
        }
        return output
    }
}
