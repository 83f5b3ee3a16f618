import Files

/// Selects random fonts for texts, and caches the faces that it has loaded. Not thread-safe.
final class FontSelector {
    private let catalogue: FontCatalogue
    private let weights: [Double]
    private let slanted: Double
    private var loaded: [String: Typeface] = [:]

    /// The maximum number of cached faces. The cache is emptied when it is full.
    private static let limit = 600

    init(_ catalogue: FontCatalogue, slanted: Double) {
        (self.catalogue, self.slanted) = (catalogue, slanted)
        weights = catalogue.families.map(\.weight)
    }

    /// The outlines of `text` in a random face that has all its glyphs.
    ///
    /// Fonts whose lowercase letters look like capitals are skipped if the text has lowercase letters.
    ///
    /// - Throws: ``SynthesisError/noFontHasGlyphs(text:)`` after 60 unsuitable faces.
    func outline(
        of text: SampleText, spacing: Spacing, using generator: inout SeededGenerator
    ) throws(SynthesisError) -> (face: FontFace, typeface: Typeface, outline: Outline) {
        let hasLowercase = text.text.contains { $0.isLowercase }
        for _ in 0..<60 {
            let family = catalogue.families[generator.index(weights: weights)]
            let face = family.face(slanted: slanted, using: &generator)
            guard face.hasGlyphs(for: text.text) else { continue }
            let typeface = try typeface(face)
            if hasLowercase && typeface.isAllCaps { continue }
            guard let outline = typeface.outline(of: text.text, spacing: spacing) else { continue }
            if outline.bounds != nil { return (face, typeface, outline) }
        }
        throw .noFontHasGlyphs(text: text.text)
    }

    private func typeface(_ face: FontFace) throws(SynthesisError) -> Typeface {
        let key = face.file + "\n" + face.description
        if let cached = loaded[key] { return cached }
        if loaded.count >= Self.limit { loaded = [:] }
        let typeface = try Typeface(face)
        loaded[key] = typeface
        return typeface
    }
}
