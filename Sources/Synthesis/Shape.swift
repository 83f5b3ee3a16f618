internal import Foundation

/// What happens to a line's outlines: a map of the plane, chosen for one sample.
struct Shape {
    private let size: Double
    private let centre: Double
    private let stretch: Double
    private let slant: Double
    private let bend: Double
    private let perspective: Double
    private let wave: Wave?
    private let turn: (sine: Double, cosine: Double)

    /// Two waves across each other.
    private struct Wave {
        let height: Double
        let lengths: Outline.Point
        let phases: Outline.Point
    }

    /// Chooses a shape for a line whose box is `size` pixels high and whose middle lies `centre` pixels right.
    init(_ effects: EffectOptions, size: Double, centre: Double, using chance: inout Chance) {
        (self.size, self.centre) = (size, centre)
        stretch = chance.strength(effects.stretch) ?? 1
        slant = chance.strength(effects.slant) ?? 0
        bend = (chance.strength(effects.bend) ?? 0) * size
        let angle = (chance.strength(effects.skew) ?? 0) * Double.pi / 180
        turn = (sin(angle), cos(angle))
        let depth = chance.strength(effects.perspective) ?? 0
        perspective = chance.happens(0.5) ? depth : -depth
        wave = chance.strength(effects.waves).map { height in
            Wave(
                height: height * size,
                lengths: .init(chance.uniform(1.2, 4) * size, chance.uniform(0.8, 2) * size),
                phases: .init(chance.uniform(0, 6.28), chance.uniform(0, 6.28)))
        }
    }

    /// Where a point of the line goes; its middle becomes 0.
    func callAsFunction(_ point: Outline.Point) -> Outline.Point {
        let reach = max(centre * stretch, 1)
        var x = (point.x - slant * point.y) * stretch - centre * stretch
        var y = point.y + bend * (x / reach) * (x / reach)
        if let wave {
            y += wave.height * sin(6.28 * x / wave.lengths.x + wave.phases.x)
            x += wave.height * sin(6.28 * y / wave.lengths.y + wave.phases.y)
        }
        if perspective != 0 {
            let shrinking = 1 / (1 + 0.5 * abs(perspective) * (1 + (perspective > 0 ? x : -x) / reach))
            x *= shrinking
            y = (y + 0.36 * size) * shrinking - 0.36 * size
        }
        return Outline.Point(x * turn.cosine - y * turn.sine, x * turn.sine + y * turn.cosine)
    }

    /// The outline with each letter turned, moved and resized on its own, where that effect occurs.
    static func jittered(
        _ outline: Outline, _ effects: EffectOptions, size: Double, using chance: inout Chance
    ) -> Outline {
        guard let amount = chance.strength(effects.letterJitter) else { return outline }
        var output = outline
        for letter in outline.letters {
            let points = outline.points[letter]
            let middle = points.reduce(Outline.Point(0, 0), +) / Double(points.count)
            let angle = amount * chance.uniform(-0.52, 0.52)
            let (sine, cosine) = (sin(angle), cos(angle))
            let factor = 1 + amount * chance.uniform(-0.25, 0.25)
            let shift = Outline.Point(chance.uniform(-0.05, 0.05), chance.uniform(-0.2, 0.2)) * amount * size
            for index in letter {
                let arm = (outline.points[index] - middle) * factor
                output.points[index] =
                    middle + shift + .init(arm.x * cosine - arm.y * sine, arm.x * sine + arm.y * cosine)
            }
        }
        return output
    }
}
