import CPango

/// Shapes single lines with Pango, over its own font map. Not thread-safe, because font maps are not.
final class LineLayout {
    private let map: UnsafeMutablePointer<PangoFontMap>
    private let context: OpaquePointer
    private let layout: OpaquePointer

    /// Creates a layout; nil if Pango fails.
    ///
    /// - Parameters:
    ///   - configuration: The fontconfig configuration whose fonts are used; nil for the system's.
    ///   - font: A Pango font description without a size.
    ///   - size: The font size in pixels per em.
    init?(_ configuration: OpaquePointer?, font: String, size: Double) {
        guard let map = CPangoFontMapCreate(configuration),
            let context = pango_font_map_create_context(map), let layout = pango_layout_new(context)
        else { return nil }
        (self.map, self.context, self.layout) = (map, context, layout)
        pango_context_set_round_glyph_positions(context, 0)
        let description = pango_font_description_from_string(font)
        pango_font_description_set_absolute_size(description, size * Double(PANGO_SCALE))
        pango_layout_set_font_description(layout, description)
        pango_font_description_free(description)
        pango_layout_set_single_paragraph_mode(layout, 1)
    }

    deinit {
        CPangoRelease(UnsafeMutableRawPointer(layout))
        CPangoRelease(UnsafeMutableRawPointer(context))
        CPangoRelease(map)
    }

    /// Shortens lines that are longer than `width` pixels; these end in an ellipsis.
    func ellipsize(to width: Double) {
        pango_layout_set_width(layout, Int32(width * Double(PANGO_SCALE)))
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
    }

    /// The outlines of one line of text, and whether the fonts lack some of its glyphs.
    func outline(of text: String, spacing: Spacing = Spacing()) -> (outline: Outline, lacksGlyphs: Bool) {
        pango_layout_set_text(layout, text, Int32(text.utf8.count))
        let attributes = spacing.attributes(of: text)
        pango_layout_set_attributes(layout, attributes)
        pango_attr_list_unref(attributes)
        let outline = pango_layout_get_line_readonly(layout, 0).map { GlyphOutlines($0).outline }
        return (outline ?? Outline(), pango_layout_get_unknown_glyphs_count(layout) > 0)
    }
}
