import Files
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
        let letters = Self.brightness(differingFrom: mean, by: contrast, using: &generator)
        if let darkness = generator.strength(effects.shadow) {
            castShadow(of: ink, darkness, on: &scene, &generator)
        }
        if let width = generator.strength(effects.contour) {
            let pen = max(1, width / 50 * Double(ink.height))
            blend(
                ink.dilated(by: pen / 2),
                Float(Self.brightness(differingFrom: letters, by: 0.2, using: &generator)), onto: &scene)
        }
        blend(ink, Float(letters), onto: &scene)
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
