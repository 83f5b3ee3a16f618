internal import Imaging

/// Puts letters onto what is not paper: walls, boards, photographs.
struct Painter {
    let effects: EffectOptions
    let backgrounds: Backgrounds

    /// The picture of `type` in front of a background whose brightness differs from the letters' by `contrast`.
    func painted(
        _ type: Plane, contrast: Double, using chance: inout Chance
    ) throws(SynthesisError) -> Plane {
        var scene = backgrounds.background(width: type.width, height: type.height, using: &chance)
        let mean = Double(scene.values.reduce(0, +)) / Double(scene.values.count)
        let letters = Self.brightness(against: mean, contrast: contrast, using: &chance)
        if let darkness = chance.strength(effects.shadow) { cast(type, darkness, on: &scene, &chance) }
        if let width = chance.strength(effects.contour) {
            let pen = max(1, width / 50 * Double(type.height))
            lay(
                type.dilated(by: pen / 2),
                Float(Self.brightness(against: letters, contrast: 0.2, using: &chance)), on: &scene)
        }
        lay(type, Float(letters), on: &scene)
        if let part = chance.strength(effects.occlusion) { try hide(&scene, part, &chance) }
        return scene
    }

    /// A brightness that differs from another by at least `contrast`, where there is one.
    private static func brightness(against other: Double, contrast: Double, using chance: inout Chance)
        -> Double
    {
        let (below, above) = (other - contrast, other + contrast)
        let rooms = [max(0, below), max(0, 1 - above)]
        guard rooms[0] + rooms[1] > 0 else { return other > 0.5 ? 0 : 1 }
        return chance.index(weights: rooms) == 0 ? chance.uniform(0, below) : chance.uniform(above, 1)
    }

    private func lay(_ mask: Plane, _ brightness: Float, on scene: inout Plane) {
        scene.update(with: mask) { $0 + (brightness - $0) * $1 }
    }

    /// The shadow of the letters, beside them.
    private func cast(_ type: Plane, _ darkness: Double, on scene: inout Plane, _ chance: inout Chance) {
        let reach = Double(type.height) * 0.08
        let shadow = type.shifted(
            x: Int(chance.uniform(-reach, reach)), y: Int(chance.uniform(-reach, reach))
        ).blurred(chance.uniform(0, reach / 2))
        scene.update(with: shadow) { $0 * (1 - Float(darkness) * $1) }
    }

    /// Bars in front of all else, such as branches, wires and posts.
    private func hide(_ scene: inout Plane, _ part: Double, _ chance: inout Chance) throws(SynthesisError) {
        let (width, height) = (Double(scene.width), Double(scene.height))
        var bar = Outline()
        bar.verbs = [.move, .curve]
        let start = Outline.Point(chance.uniform(0, width), chance.happens(0.5) ? -2 : height + 2)
        let end = Outline.Point(chance.uniform(0, width), chance.uniform(0, height))
        let handle = Outline.Point(chance.uniform(0, width), chance.uniform(0, height))
        bar.points = [start, handle, handle, end]
        let mask = try bar.coverage(
            width: scene.width, height: scene.height, penWidth: max(1, part * height * 0.5))
        lay(mask, Float(chance.uniform(0, 1)), on: &scene)
    }
}
