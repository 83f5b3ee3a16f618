import CPango

/// One font face: a family in one weight, slant and width.
struct FontFace: Sendable {
    let family: String
    let style: String
    let file: String
    /// Pango's description of the face.
    let description: String
    /// The CSS font weight, 100 (thin) … 900 (black).
    let boldness: Double
    /// Whether the face is italic or oblique.
    let isSlanted: Bool
    /// The Unicode scalars that the face has glyphs for.
    let scalars: ScalarSet

    /// Whether the face has a glyph for every scalar of `text`.
    func hasGlyphs(for text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalars.contains($0.value) }
    }
}

extension FontFace {
    /// The face that a fontconfig pattern describes; nil if it has no static TrueType or CFF outlines.
    init?(_ pattern: OpaquePointer) {
        func text(_ object: String) -> String? {
            var value: UnsafeMutablePointer<FcChar8>?
            guard FcPatternGetString(pattern, object, 0, &value) == FcResultMatch, let value else {
                return nil
            }
            return String(cString: value)
        }
        func flag(_ object: String) -> Bool {
            var value: FcBool = 0
            return FcPatternGetBool(pattern, object, 0, &value) == FcResultMatch && value == 1
        }
        guard let family = text(FC_FAMILY), let file = text(FC_FILE), flag(FC_SCALABLE), !flag(FC_VARIABLE),
            ["TrueType", "CFF"].contains(text(FC_FONTFORMAT))
        else { return nil }
        let description = pango_fc_font_description_from_pattern(pattern, 0)
        defer { pango_font_description_free(description) }
        guard let name = pango_font_description_to_string(description) else { return nil }
        defer { g_free(name) }
        (self.family, style, self.file) = (family, text(FC_STYLE) ?? "", file)
        self.description = String(cString: name)
        func number(_ object: String) -> Int32 {
            var value: Int32 = 0
            return FcPatternGetInteger(pattern, object, 0, &value) == FcResultMatch ? value : 0
        }
        boldness = Double(FcWeightToOpenType(number(FC_WEIGHT)))
        isSlanted = number(FC_SLANT) > 0
        scalars = ScalarSet(pattern)
    }
}
