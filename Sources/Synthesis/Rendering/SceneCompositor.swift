import Files
import Foundation
import Imaging

/// Composites letters onto backgrounds other than paper, such as walls, signs and photographs.
struct SceneCompositor {
    let effects: EffectOptions
    let backgrounds: Backgrounds

    /// The brightness of a scene with letters that cover `ink`.
    ///
    /// The brightness of the letters differs from the mean of the background by at least `contrast`, if possible.
    func scene(
        _ ink: Plane, contrast: Double, using generator: inout SeededGenerator
    ) throws(SynthesisError) -> Plane {
        var scene = backgrounds.background(width: ink.width, height: ink.height, using: &generator)
        let mean = Double(scene.values.reduce(0, +)) / Double(scene.values.count)
        var letters = Self.brightness(differingFrom: mean, by: contrast, using: &generator)
        if let deviation = generator.strength(effects.colours) {
            let pair = SignColours.pair(deviation: deviation, using: &generator)
            scene.update { pair.background + ($0 - Float(mean)) * 0.4 }
            letters = Double(pair.letters)
        }
        if let darkness = generator.strength(effects.shadow) {
            castShadow(of: ink, darkness, on: &scene, &generator)
        }
        if let width = generator.strength(effects.contour) {
            let pen = max(1, width / 50 * Double(ink.height))
            blend(
                ink.dilated(by: pen / 2),
                Float(Self.brightness(differingFrom: letters, by: 0.2, using: &generator)), onto: &scene)
        }
        if let depth = generator.strength(effects.relief) {
            extrude(ink, depth / 100 * Double(ink.height), letters, on: &scene, &generator)
        }
        let slope = generator.strength(effects.gradient).map { Float(generator.bernoulli(0.5) ? $0 : -$0) }
        blend(ink, Float(letters), slope: slope ?? 0, onto: &scene)
        if let amount = generator.strength(effects.unevenLight) {
            scene.shade(Float(amount), using: &generator)
        }
        if let brightness = generator.strength(effects.reflection) {
            scene.addReflection(Float(brightness), using: &generator)
        }
        if let part = generator.strength(effects.occlusion) { try occlude(&scene, part, &generator) }
        return scene
    }

    /// A brightness that differs from `other` by at least `contrast`; black or white if there is none.
    private static func brightness(
        differingFrom other: Double, by contrast: Double, using generator: inout SeededGenerator
    ) -> Double {
        let (below, above) = (other - contrast, other + contrast)
        let weights = [max(0, below), max(0, 1 - above)]
        guard weights[0] + weights[1] > 0 else { return other > 0.5 ? 0 : 1 }
        return generator.index(weights: weights) == 0
            ? generator.uniform(0, below) : generator.uniform(above, 1)
    }

    /// Blends a uniform brightness onto the scene; `mask` is its opacity.
    private func blend(_ mask: Plane, _ brightness: Float, onto scene: inout Plane) {
        scene.update(with: mask) { $0 + (brightness - $0) * $1 }
    }

    /// Blends letters onto the scene whose brightness changes by `slope` from top to bottom.
    private func blend(_ mask: Plane, _ brightness: Float, slope: Float, onto scene: inout Plane) {
        for row in 0..<mask.height {
            let letters = brightness + slope * (Float(row) / Float(mask.height) - 0.5)
            for index in row * mask.width..<(row + 1) * mask.width {
                scene.values[index] += (letters - scene.values[index]) * mask.values[index]
            }
        }
    }

    /// Draws the sides of letters that are `depth` pixels thick: shifted copies of one brightness.
    private func extrude(
        _ ink: Plane, _ depth: Double, _ letters: Double, on scene: inout Plane,
        _ generator: inout SeededGenerator
    ) {
        let side = Float(Self.brightness(differingFrom: letters, by: 0.15, using: &generator))
        let angle = generator.uniform(0, 2 * Double.pi)
        let steps = max(1, Int(depth.rounded(.up)))
        for step in (1...steps).reversed() {
            let distance = depth * Double(step) / Double(steps)
            let copy = ink.shifted(
                x: Int((distance * cos(angle)).rounded()), y: Int((distance * sin(angle)).rounded()))
            blend(copy, side, onto: &scene)
        }
    }

    /// Darkens the scene by a shifted and blurred copy of the letters.
    private func castShadow(
        of ink: Plane, _ darkness: Double, on scene: inout Plane, _ generator: inout SeededGenerator
    ) {
        let reach = Double(ink.height) * 0.08
        let shadow = ink.shifted(
            x: Int(generator.uniform(-reach, reach)), y: Int(generator.uniform(-reach, reach))
        ).blurred(generator.uniform(0, reach / 2))
        scene.update(with: shadow) { $0 * (1 - Float(darkness) * $1) }
    }

    /// Draws a bent bar in front of everything else, such as a branch, wire or post.
    private func occlude(
        _ scene: inout Plane, _ part: Double, _ generator: inout SeededGenerator
    ) throws(SynthesisError) {
        let (width, height) = (Double(scene.width), Double(scene.height))
        var bar = Outline()
        bar.verbs = [.move, .curve]
        let start = Outline.Point(generator.uniform(0, width), generator.bernoulli(0.5) ? -2 : height + 2)
        let end = Outline.Point(generator.uniform(0, width), generator.uniform(0, height))
        let handle = Outline.Point(generator.uniform(0, width), generator.uniform(0, height))
        bar.points = [start, handle, handle, end]
        let mask = try bar.coverage(
            width: scene.width, height: scene.height, penWidth: max(1, part * height * 0.5))
        blend(mask, Float(generator.uniform(0, 1)), onto: &scene)
    }
}
