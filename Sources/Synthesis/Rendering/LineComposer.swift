import Files
import Foundation

/// Composes lines of text: draws their geometric distortion, neighbouring lines and crop.
struct LineComposer {
    let effects: EffectOptions

    /// A shaped line of text and its neighbours, in pixels at `Typeface.size`.
    struct Line {
        let outline: Outline
        /// Top and bottom of an ordinary line of text, relative to the baseline.
        let box: (top: Double, bottom: Double)
        let above: Outline?
        let below: Outline?
        /// The words on the left and right.
        let sides: [Outline]
    }

    /// Places `line` on a canvas of `height` pixels; of fewer if it would otherwise be wider than `maximumWidth`.
    func composed(
        _ line: Line, height: Double, maximumWidth: Double, using generator: inout SeededGenerator
    ) -> ComposedLine {
        let size = line.box.bottom - line.box.top
        let warp = OutlineWarp(effects, size: size, centre: line.outline.advance / 2, using: &generator)
        var text = OutlineWarp.jittered(line.outline, effects, size: size, using: &generator)
        if let thickness = generator.strength(effects.underline) {
            text.append(
                .rule(
                    from: -0.1 * size, to: line.outline.advance + 0.1 * size,
                    y: size * generator.uniform(0.06, 0.22), thickness: thickness / 100 * size))
        }
        let ink = text.mapped { warp($0) }
        guard let bounds = ink.bounds else {
            return ComposedLine(outline: ink, width: 1, height: Int(height))
        }
        let sides = sides(of: line, size, &generator).map { $0.mapped { warp($0) } }
        let crop = crop(bounds, line, size, sides, &generator)
        let span = crop.maximum - crop.minimum
        let scale = min(height / span.y, maximumWidth / span.x)
        var all = sides.reduce(into: ink) { $0.append($1) }
        for neighbour in [(line.above, -1.0), (line.below, 1.0)] {
            guard let outline = neighbour.0 else { continue }
            let shift = Outline.Point(
                generator.uniform(-0.5, 0.5) * size, neighbour.1 * size * generator.uniform(1.02, 1.3))
            all.append(outline.mapped { warp($0 + shift) })
        }
        return ComposedLine(
            outline: all.mapped { ($0 - crop.minimum) * scale },
            width: max(4, Int((span.x * scale).rounded())), height: max(8, Int((span.y * scale).rounded())))
    }

    /// The words at the sides of the line, a word space away from it.
    private func sides(of line: Line, _ size: Double, _ generator: inout SeededGenerator) -> [Outline] {
        line.sides.enumerated().map { index, word in
            let gap = size * generator.uniform(0.12, 0.5)
            let x = index == 0 ? -word.advance - gap : line.outline.advance + gap
            return word.mapped { $0 + Outline.Point(x, 0) }
        }
    }

    /// The part of the page that the image shows: the box of the ink, of the full line, or a mean of both, plus
    /// margins and parts of the neighbouring lines and words.
    private func crop(
        _ bounds: (minimum: Outline.Point, maximum: Outline.Point), _ line: Line, _ size: Double,
        _ sides: [Outline], _ generator: inout SeededGenerator
    ) -> (minimum: Outline.Point, maximum: Outline.Point) {
        let drawn = generator.bernoulli(0.35) ? 0 : generator.bernoulli(0.4) ? 1 : generator.uniform(0, 1)
        let isFlat = bounds.maximum.y - bounds.minimum.y < 0.5 * size
        let lineShare = isFlat ? max(drawn, 0.5) : drawn
        var minimum = bounds.minimum
        var maximum = bounds.maximum
        minimum.y += (min(minimum.y, line.box.top) - minimum.y) * lineShare
        maximum.y += (max(maximum.y, line.box.bottom) - maximum.y) * lineShare
        func margin() -> Double { (generator.strength(effects.margin) ?? 0) * size }
        minimum -= Outline.Point(margin(), margin())
        maximum += Outline.Point(margin(), margin())
        let visible = effects.neighbours.strength
        if line.above != nil {
            minimum.y = min(minimum.y, line.box.top - 0.3 * size * generator.uniform(visible))
        }
        if line.below != nil {
            maximum.y = max(maximum.y, line.box.bottom + 0.3 * size * generator.uniform(visible))
        }
        for (index, side) in sides.compactMap(\.bounds).enumerated() {
            let width = generator.uniform(effects.slices.strength) * size
            if index == 0 { minimum.x = min(minimum.x, side.maximum.x - width) }
            if index == 1 { maximum.x = max(maximum.x, side.minimum.x + width) }
        }
        return (minimum, maximum)
    }
}
