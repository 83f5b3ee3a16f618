import Files
import Imaging

/// Renders one text as an image: shaping, composition, printing, capture.
struct SampleRenderer {
    let configuration: SynthesisConfiguration
    let texts: TextGenerator
    let fonts: FontSelector
    let backgrounds: Backgrounds

    private var effects: EffectOptions { configuration.effects }

    /// An image of `text`, and the face of its letters.
    ///
    /// The effects are drawn again if the image is illegible. After eight attempts, the bare text is returned, black
    /// on white.
    func image(
        of text: SampleText, using generator: inout SeededGenerator
    ) throws(SynthesisError) -> (image: Image, face: FontFace) {
        var spacing = spacing(using: &generator)
        spacing.superscriptBytes = text.superscriptBytes
        let (face, typeface, outline) = try fonts.outline(of: text, spacing: spacing, using: &generator)
        let height = generator.uniform(configuration.image.height)
        let resolution = max(11 / height, generator.strength(effects.lowResolution) ?? 1)
        let line = try line(text, outline, typeface, &generator)
        let composed = LineComposer(effects: effects).composed(
            line, height: height * resolution,
            maximumWidth: Double(configuration.image.maximumWidth) * resolution, using: &generator)
        let ink = try composed.outline.coverage(width: composed.width, height: composed.height)
        for _ in 0..<8 {
            let image = CaptureEffects(effects: effects).image(
                of: try page(ink, typeface, &generator),
                width: max(4, Int((Double(composed.width) / resolution).rounded())),
                height: max(8, Int((Double(composed.height) / resolution).rounded())), using: &generator)
            if Plane(image).legibility(of: ink) >= configuration.image.legibility { return (image, face) }
        }
        return (ink.image.inverted(), face)
    }

    private func spacing(using generator: inout SeededGenerator) -> Spacing {
        Spacing(
            letters: (generator.strength(configuration.fonts.letterSpacing) ?? 0) * Typeface.size,
            words: (generator.strength(configuration.fonts.wordSpacing) ?? 0) * Typeface.size)
    }

    /// The line of text, with a neighbouring line above or below if that effect is applied.
    private func line(
        _ text: SampleText, _ outline: Outline, _ typeface: Typeface, _ generator: inout SeededGenerator
    ) throws(SynthesisError) -> LineComposer.Line {
        var neighbours: [Outline?] = [nil, nil]
        if generator.bernoulli(effects.neighbours.probability) {
            let sides = generator.pick([[0], [1], [0, 1]])
            for side in sides { neighbours[side] = try neighbour(text.text.count, typeface, &generator) }
        }
        return LineComposer.Line(
            outline: outline, box: typeface.lineBox, above: neighbours[0], below: neighbours[1],
            sides: try generator.strength(effects.slices) == nil ? [] : sides(typeface, &generator))
    }

    /// The words before and after the text; none if the face lacks one of their glyphs.
    private func sides(
        _ typeface: Typeface, _ generator: inout SeededGenerator
    ) throws(SynthesisError) -> [Outline] {
        var sides: [Outline] = []
        for _ in 0..<2 {
            guard let outline = typeface.outline(of: try texts.text(using: &generator).text) else {
                return []
            }
            sides.append(outline)
        }
        return sides
    }

    /// Another line of at least `length` characters; nil if the face lacks one of its glyphs.
    private func neighbour(
        _ length: Int, _ typeface: Typeface, _ generator: inout SeededGenerator
    ) throws(SynthesisError) -> Outline? {
        var text = try texts.text(using: &generator).text
        while text.count < length { text += " " + (try texts.text(using: &generator).text) }
        return typeface.outline(of: text)
    }

    /// The brightness of the page, 0 (black) … 1 (white), on which the letters cover `coverage` of each pixel.
    private func page(
        _ coverage: Plane, _ typeface: Typeface, _ generator: inout SeededGenerator
    ) throws(SynthesisError) -> Plane {
        var ink = InkEffects(effects: effects).printed(coverage, using: &generator)
        try PageMarks(effects: effects).add(to: &ink, using: &generator)
        if let contrast = generator.strength(effects.background) {
            let compositor = SceneCompositor(effects: effects, backgrounds: backgrounds)
            return try compositor.scene(ink, contrast: contrast, using: &generator)
        }
        let backSide =
            try generator.bernoulli(effects.bleedThrough.probability)
            ? backSide(of: coverage, typeface, &generator) : nil
        var page = PaperEffects(effects: effects).paper(
            width: ink.width, height: ink.height, backSide: backSide, using: &generator)
        let darkness = Float(generator.strength(effects.ink) ?? 0)
        page.update(with: ink) { paper, ink in paper + (min(darkness, paper - 0.25) - paper) * ink }
        return page
    }

    /// Mirrored text on the back side of the page; nil if the face lacks one of its glyphs.
    private func backSide(
        of front: Plane, _ typeface: Typeface, _ generator: inout SeededGenerator
    ) throws(SynthesisError) -> Plane? {
        let text = try texts.text(using: &generator).text
        guard let outline = typeface.outline(of: text) else { return nil }
        let scale = Double(front.height) / Typeface.size * generator.uniform(0.7, 1)
        let right = Double(front.width) * generator.uniform(0.8, 1.1)
        let baseline = Double(front.height) * generator.uniform(0.3, 1.2)
        let mirrored = outline.mapped { Outline.Point(right - $0.x * scale, baseline + $0.y * scale) }
        return try mirrored.coverage(width: front.width, height: front.height)
    }
}
