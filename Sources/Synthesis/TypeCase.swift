/// The fonts of one worker: faces that are loaded stay loaded. For one thread at a time.
final class TypeCase {
    private let catalogue: FontCatalogue
    private let weights: [Double]
    private let slanted: Double
    private var loaded: [String: Typeface] = [:]

    /// Faces that are kept; beyond it all are let go, so that memory stays bounded.
    private static let limit = 600

    init(_ catalogue: FontCatalogue, slanted: Double) {
        (self.catalogue, self.slanted) = (catalogue, slanted)
        weights = catalogue.families.map(\.weight)
    }

    /// A face that has all glyphs of `text`, and the text's outlines in it.
    func setText(
        _ text: WrittenText, spacing: Spacing, using chance: inout Chance
    ) throws(SynthesisError) -> (face: FontFace, typeface: Typeface, outline: Outline) {
        let hasCase = text.text.contains { $0.isLowercase }
        for _ in 0..<60 {
            let family = catalogue.families[chance.index(weights: weights)]
            let face = family.face(slanted: slanted, using: &chance)
            guard face.holds(text.text) else { continue }
            let typeface = try typeface(face)
            if hasCase && typeface.hidesCase { continue }
            guard let outline = typeface.outline(of: text.text, spacing: spacing) else { continue }
            if outline.bounds != nil { return (face, typeface, outline) }
        }
        throw .noFontHolds(text: text.text)
    }

    private func typeface(_ face: FontFace) throws(SynthesisError) -> Typeface {
        let key = face.file + "\n" + face.description
        if let known = loaded[key] { return known }
        if loaded.count >= Self.limit { loaded = [:] }
        let typeface = try Typeface(face)
        loaded[key] = typeface
        return typeface
    }
}
