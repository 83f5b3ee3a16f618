import Files
import Foundation

/// The geometric distortion of one line: a map of the plane with random parameters.
struct OutlineWarp {
    private let size: Double
    private let centre: Double
    private let stretch: Double
    private let slant: Double
    private let bend: Double
    /// The radius of the circle of the baseline, positive for an arch; nil for a straight line.
    private let radius: Double?
    private let perspective: Double
    private let wave: Wave?
    private let rotation: (sine: Double, cosine: Double)

    /// One wave along the line and one across it.
    private struct Wave {
        let amplitude: Double
        let lengths: Outline.Point
        let phases: Outline.Point
    }

    /// Draws the distortion of a line that is `size` pixels high and has its middle at x = `centre`.
    init(_ effects: EffectOptions, size: Double, centre: Double, using generator: inout SeededGenerator) {
        (self.size, self.centre) = (size, centre)
        stretch = generator.strength(effects.stretch) ?? 1
        slant = generator.strength(effects.slant) ?? 0
        bend = (generator.strength(effects.bend) ?? 0) * size
        let length = max(2 * centre * stretch, 1)
        radius = generator.strength(effects.arc).flatMap { degrees in
            let radius = length / max(abs(degrees) * Double.pi / 180, 1e-3)
            return degrees < 0 ? -max(radius, 1.5 * size) : max(radius, 1.5 * size)
        }
        let angle = (generator.strength(effects.skew) ?? 0) * Double.pi / 180
        rotation = (sin(angle), cos(angle))
        let depth = generator.strength(effects.perspective) ?? 0
        perspective = generator.bernoulli(0.5) ? depth : -depth
        wave = generator.strength(effects.waves).map { amplitude in
            Wave(
                amplitude: amplitude * size,
                lengths: .init(generator.uniform(1.2, 4) * size, generator.uniform(0.8, 2) * size),
                phases: .init(generator.uniform(0, 6.28), generator.uniform(0, 6.28)))
        }
    }

    /// Maps a point of the line; the middle of the line moves to x = 0.
    func callAsFunction(_ point: Outline.Point) -> Outline.Point {
        let reach = max(centre * stretch, 1)
        var x = (point.x - slant * point.y) * stretch - centre * stretch
        var y = point.y + bend * (x / reach) * (x / reach)
        if let radius {
            (x, y) = ((radius - y) * sin(x / radius), radius - (radius - y) * cos(x / radius))
        }
        if let wave {
            y += wave.amplitude * sin(6.28 * x / wave.lengths.x + wave.phases.x)
            x += wave.amplitude * sin(6.28 * y / wave.lengths.y + wave.phases.y)
        }
        if perspective != 0 {
            let shrinking = 1 / (1 + 0.5 * abs(perspective) * (1 + (perspective > 0 ? x : -x) / reach))
            x *= shrinking
            y = (y + 0.36 * size) * shrinking - 0.36 * size
        }
        return Outline.Point(
            x * rotation.cosine - y * rotation.sine, x * rotation.sine + y * rotation.cosine)
    }

    /// `outline` with each letter rotated, shifted and scaled independently, if that effect is applied.
    static func jittered(
        _ outline: Outline, _ effects: EffectOptions, size: Double, using generator: inout SeededGenerator
    ) -> Outline {
        guard let amount = generator.strength(effects.letterJitter) else { return outline }
        var output = outline
        for letter in outline.letters {
            let points = outline.points[letter]
            let middle = points.reduce(Outline.Point(0, 0), +) / Double(points.count)
            let angle = amount * generator.uniform(-0.52, 0.52)
            let (sine, cosine) = (sin(angle), cos(angle))
            let factor = 1 + amount * generator.uniform(-0.25, 0.25)
            let shift =
                Outline.Point(generator.uniform(-0.05, 0.05), generator.uniform(-0.2, 0.2)) * amount * size
            for index in letter {
                let arm = (outline.points[index] - middle) * factor
                output.points[index] =
                    middle + shift + .init(arm.x * cosine - arm.y * sine, arm.x * sine + arm.y * cosine)
            }
        }
        return output
    }
}
