internal import Imaging

/// The way of a text from the type case to the file.
struct Workshop {
    let configuration: SynthesisConfiguration
    let writer: TextWriter
    let types: TypeCase
    let backgrounds: Backgrounds

    private var effects: EffectOptions { configuration.effects }

    /// A picture of `text`, and the face it is written in.
    func picture(
        of text: WrittenText, using chance: inout Chance
    ) throws(SynthesisError) -> (image: Image, face: FontFace) {
        var spacing = spacing(using: &chance)
        spacing.raisedBytes = text.raisedBytes
        let (face, typeface, outline) = try types.setText(text, spacing: spacing, using: &chance)
        let height = chance.uniform(configuration.image.height)
        let resolution = max(11 / height, chance.strength(effects.lowResolution) ?? 1)
        let line = try line(text, outline, typeface, spacing, &chance)
        let setting = Setter(effects: effects).setting(
            of: line, height: height * resolution,
            maximumWidth: Double(configuration.image.maximumWidth) * resolution, using: &chance)
        let ink = try setting.outline.coverage(width: setting.width, height: setting.height)
        for _ in 0..<8 {
            let image = Scanner(effects: effects).scanned(
                try page(ink, typeface, &chance),
                width: max(4, Int((Double(setting.width) / resolution).rounded())),
                height: max(8, Int((Double(setting.height) / resolution).rounded())), using: &chance)
            if Self.legibility(of: image, ink: ink) >= configuration.image.legibility { return (image, face) }
        }
        return (ink.image.inverted(), face)
    }

    private func spacing(using chance: inout Chance) -> Spacing {
        Spacing(
            letters: (chance.strength(configuration.fonts.letterSpacing) ?? 0) * Typeface.size,
            words: (chance.strength(configuration.fonts.wordSpacing) ?? 0) * Typeface.size)
    }

    /// The text with parts of other lines above and below it.
    private func line(
        _ text: WrittenText, _ outline: Outline, _ typeface: Typeface, _ spacing: Spacing,
        _ chance: inout Chance
    ) throws(SynthesisError) -> Setter.Line {
        var others: [Outline?] = [nil, nil]
        if chance.happens(effects.neighbours.probability) {
            let sides = chance.pick([[0], [1], [0, 1]])
            for side in sides { others[side] = try neighbour(text.text.count, typeface, &chance) }
        }
        return Setter.Line(outline: outline, box: typeface.lineBox, above: others[0], below: others[1])
    }

    private func neighbour(
        _ length: Int, _ typeface: Typeface, _ chance: inout Chance
    ) throws(SynthesisError) -> Outline? {
        var text = try writer.text(using: &chance).text
        while text.count < length { text += " " + (try writer.text(using: &chance).text) }
        return typeface.outline(of: text)
    }

    /// The printed page, 0 black … 1 white, where `type` would leave its ink.
    private func page(
        _ type: Plane, _ typeface: Typeface, _ chance: inout Chance
    ) throws(SynthesisError) -> Plane {
        var ink = Press(effects: effects).printed(type, using: &chance)
        try Marks(effects: effects).add(to: &ink, using: &chance)
        if let contrast = chance.strength(effects.background) {
            let painter = Painter(effects: effects, backgrounds: backgrounds)
            return try painter.painted(ink, contrast: contrast, using: &chance)
        }
        let reverse =
            try chance.happens(effects.bleedThrough.probability) ? reverse(type, typeface, &chance) : nil
        var page = Sheet(effects: effects).paper(
            width: ink.width, height: ink.height, reverse: reverse, using: &chance)
        let darkness = Float(chance.strength(effects.ink) ?? 0)
        page.update(with: ink) { paper, ink in paper + (min(darkness, paper - 0.25) - paper) * ink }
        return page
    }

    /// Text of the page's other side, mirrored.
    private func reverse(
        _ front: Plane, _ typeface: Typeface, _ chance: inout Chance
    ) throws(SynthesisError) -> Plane? {
        let text = try writer.text(using: &chance).text
        guard let outline = typeface.outline(of: text) else { return nil }
        let scale = Double(front.height) / Typeface.size * chance.uniform(0.7, 1)
        let right = Double(front.width) * chance.uniform(0.8, 1.1)
        let baseline = Double(front.height) * chance.uniform(0.3, 1.2)
        let mirrored = outline.mapped { Outline.Point(right - $0.x * scale, baseline + $0.y * scale) }
        return try mirrored.coverage(width: front.width, height: front.height)
    }

    /// How much the picture's dark and bright places follow the ink's: the correlation of their pixels, unsigned.
    private static func legibility(of image: Image, ink: Plane) -> Double {
        let picture = Plane(image).resized(width: ink.width, height: ink.height).values
        let count = Float(picture.count)
        let (inkMean, pictureMean) = (ink.values.reduce(0, +) / count, picture.reduce(0, +) / count)
        var (product, inkSquare, pictureSquare) = (Float(0), Float(0), Float(0))
        for (ink, pixel) in zip(ink.values, picture) {
            product += (ink - inkMean) * (pixel - pictureMean)
            inkSquare += (ink - inkMean) * (ink - inkMean)
            pictureSquare += (pixel - pictureMean) * (pixel - pictureMean)
        }
        return Double(abs(product) / max(1e-6, (inkSquare * pictureSquare).squareRoot()))
    }
}
