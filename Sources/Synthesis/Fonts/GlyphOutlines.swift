import CPango

/// Collects the glyph outlines of a shaped line.
///
/// HarfBuzz reads outlines from the font data alone. Cairo and FreeType share state between font maps, and so between
/// threads.
struct GlyphOutlines {
    private(set) var outline = Outline()

    /// The target of HarfBuzz's callbacks.
    fileprivate final class Pen {
        var outline = Outline()
        var origin = Outline.Point(0, 0)

        func add(_ verb: Outline.Verb, _ points: (Float, Float)...) {
            outline.verbs.append(verb)
            for (x, y) in points {
                outline.points.append(origin + Outline.Point(Double(x), -Double(y)) / GlyphOutlines.units)
            }
        }
    }

    private static let units = Double(PANGO_SCALE)

    /// Collects the outlines of all runs of `line`, left to right.
    init(_ line: UnsafeMutablePointer<PangoLayoutLine>) {
        let pen = Pen()
        var x = 0.0
        var next = line.pointee.runs
        while let node = next {
            let run = node.pointee.data.assumingMemoryBound(to: PangoGlyphItem.self)
            Self.draw(run.pointee, at: &x, with: pen)
            next = node.pointee.next
        }
        outline = pen.outline
        outline.advance = x
    }

    private static func draw(_ run: PangoGlyphItem, at x: inout Double, with pen: Pen) {
        let font = pango_font_get_hb_font(run.item.pointee.analysis.font)
        let target = Unmanaged.passUnretained(pen).toOpaque()
        x += Double(run.start_x_offset) / units
        for index in 0..<Int(run.glyphs.pointee.num_glyphs) {
            let glyph = run.glyphs.pointee.glyphs[index]
            pen.origin = Outline.Point(
                x + Double(glyph.geometry.x_offset) / units,
                Double(glyph.geometry.y_offset - run.y_offset) / units)
            let first = pen.outline.points.count
            if glyph.glyph != emptyGlyph {
                CPangoDrawGlyph(font, glyph.glyph, functions.pointer, target)
            }
            let last = pen.outline.points.count
            if last > first { pen.outline.letters.append(first..<last) }
            x += Double(glyph.geometry.width) / units
        }
        x += Double(run.end_x_offset) / units
    }

    /// Pango's `PANGO_GLYPH_EMPTY`, a cast macro.
    private static let emptyGlyph: PangoGlyph = 0x0FFF_FFFF

    private static let functions = DrawFunctions()

    /// HarfBuzz's callback table. Sound: HarfBuzz never changes it after `hb_draw_funcs_make_immutable`.
    private struct DrawFunctions: @unchecked Sendable {
        let pointer: OpaquePointer?

        init() {
            pointer = hb_draw_funcs_create()
            hb_draw_funcs_set_move_to_func(
                pointer, { _, data, _, x, y, _ in Pen.at(data).add(.move, (x, y)) }, nil, nil)
            hb_draw_funcs_set_line_to_func(
                pointer, { _, data, _, x, y, _ in Pen.at(data).add(.line, (x, y)) }, nil, nil)
            hb_draw_funcs_set_cubic_to_func(
                pointer,
                { _, data, _, x1, y1, x2, y2, x, y, _ in Pen.at(data).add(.curve, (x1, y1), (x2, y2), (x, y))
                },
                nil, nil)
            hb_draw_funcs_set_close_path_func(
                pointer, { _, data, _, _ in Pen.at(data).add(.close) }, nil, nil)
            hb_draw_funcs_make_immutable(pointer)
        }
    }
}

extension GlyphOutlines.Pen {
    /// The pen that a callback received as its data.
    fileprivate static func at(_ data: UnsafeMutableRawPointer?) -> GlyphOutlines.Pen {
        guard let data else { fatalError("HarfBuzz called back without its data") }
        return Unmanaged<GlyphOutlines.Pen>.fromOpaque(data).takeUnretainedValue()
    }
}
