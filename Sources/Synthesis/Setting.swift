internal import Foundation

/// A line of text in its place on a canvas: what there is to ink, before anything happens to it.
struct Setting {
    /// All that is inked, in pixels of the canvas.
    var outline: Outline
    /// Pixels of the canvas.
    let width: Int
    /// Pixels of the canvas.
    let height: Int
}

/// Sets texts: chooses their shape, what surrounds them, and where they are cut out of the page.
struct Setter {
    let effects: EffectOptions

    /// The line as it leaves the type case, and its neighbours.
    struct Line {
        let outline: Outline
        let box: (top: Double, bottom: Double)
        let above: Outline?
        let below: Outline?
    }

    /// Sets `line` on a canvas of `height` pixels, or of less where it would become wider than `maximumWidth`.
    func setting(
        of line: Line, height: Double, maximumWidth: Double, using chance: inout Chance
    ) -> Setting {
        let size = line.box.bottom - line.box.top
        let shape = Shape(effects, size: size, centre: line.outline.advance / 2, using: &chance)
        let ink = Shape.jittered(line.outline, effects, size: size, using: &chance).mapped { shape($0) }
        guard let bounds = ink.bounds else { return Setting(outline: ink, width: 1, height: Int(height)) }
        let crop = crop(bounds, line, size, &chance)
        let span = crop.maximum - crop.minimum
        let scale = min(height / span.y, maximumWidth / span.x)
        var all = ink
        for neighbour in [(line.above, -1.0), (line.below, 1.0)] {
            guard let outline = neighbour.0 else { continue }
            let shift = Outline.Point(
                chance.uniform(-0.5, 0.5) * size, neighbour.1 * size * chance.uniform(1.02, 1.3))
            all.append(outline.mapped { shape($0 + shift) })
        }
        return Setting(
            outline: all.mapped { ($0 - crop.minimum) * scale },
            width: max(4, Int((span.x * scale).rounded())), height: max(8, Int((span.y * scale).rounded())))
    }

    /// The part of the page that the picture shows: around the ink or the whole line, with room or without.
    private func crop(
        _ bounds: (minimum: Outline.Point, maximum: Outline.Point), _ line: Line, _ size: Double,
        _ chance: inout Chance
    ) -> (minimum: Outline.Point, maximum: Outline.Point) {
        let whole = chance.happens(0.35) ? 0 : chance.happens(0.4) ? 1 : chance.uniform(0, 1)
        let isFlat = bounds.maximum.y - bounds.minimum.y < 0.5 * size
        let part = isFlat ? max(whole, 0.5) : whole
        var minimum = bounds.minimum
        var maximum = bounds.maximum
        minimum.y += (min(minimum.y, line.box.top) - minimum.y) * part
        maximum.y += (max(maximum.y, line.box.bottom) - maximum.y) * part
        func room() -> Double { (chance.strength(effects.margin) ?? 0) * size }
        minimum -= Outline.Point(room(), room())
        maximum += Outline.Point(room(), room())
        let seen = effects.neighbours.strength
        if line.above != nil { minimum.y = min(minimum.y, line.box.top - 0.3 * size * chance.uniform(seen)) }
        if line.below != nil {
            maximum.y = max(maximum.y, line.box.bottom + 0.3 * size * chance.uniform(seen))
        }
        return (minimum, maximum)
    }
}
