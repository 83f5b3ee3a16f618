import CPango

/// Additional space between letters and words, in pixels at `Typeface.size`, and the superscript at the end.
struct Spacing {
    /// Additional space between letters.
    var letters = 0.0
    /// Additional space at each space character.
    var words = 0.0
    /// The number of UTF-8 bytes at the end that are set as superscript, such as a footnote mark.
    var superscriptBytes = 0

    /// The Pango attributes of `text`, owned by the caller.
    func attributes(of text: String) -> OpaquePointer? {
        let list = pango_attr_list_new()
        if letters != 0 { pango_attr_list_insert(list, pango_attr_letter_spacing_new(units(letters))) }
        if words != 0 {
            for (index, byte) in text.utf8.enumerated() where byte == UInt8(ascii: " ") {
                insert(
                    pango_attr_letter_spacing_new(units(letters + words)), from: index, to: index + 1, list)
            }
        }
        if superscriptBytes > 0 {
            let (start, end) = (text.utf8.count - superscriptBytes, text.utf8.count)
            insert(pango_attr_rise_new(units(Typeface.size * 0.33)), from: start, to: end, list)
            insert(pango_attr_scale_new(0.62), from: start, to: end, list)
        }
        return list
    }

    private func units(_ pixels: Double) -> Int32 { Int32(pixels * Double(PANGO_SCALE)) }

    private func insert(
        _ attribute: UnsafeMutablePointer<PangoAttribute>?, from start: Int, to end: Int,
        _ list: OpaquePointer?
    ) {
        attribute?.pointee.start_index = UInt32(start)
        attribute?.pointee.end_index = UInt32(end)
        pango_attr_list_change(list, attribute)
    }
}
