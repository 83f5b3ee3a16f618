internal import CPango
internal import Foundation

/// One face: a family in one weight, slant and width.
struct FontFace: Sendable {
    let family: String
    let style: String
    let file: String
    /// What Pango calls it.
    let description: String
    /// Its CSS weight, 100 (thin) … 900 (black).
    let boldness: Double
    /// Whether it is italic or oblique.
    let isSlanted: Bool
    /// The Unicode scalars for which it has glyphs.
    let scalars: ScalarSet

    /// Whether it has a glyph for each of `text`'s scalars.
    func holds(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalars.contains($0.value) }
    }
}

/// The fonts to draw with, by family.
struct FontCatalogue: Sendable {
    /// A family's name, its faces, and how often it is taken against others.
    struct Family: Sendable {
        let name: String
        let upright: [FontFace]
        let slanted: [FontFace]
        let weight: Double

        /// One of the faces; a slanted one with probability `slanted`, where there is one.
        func face(slanted probability: Double, using chance: inout Chance) -> FontFace {
            let isSlanted = upright.isEmpty || (!slanted.isEmpty && chance.happens(probability))
            return chance.pick(isSlanted ? slanted : upright)
        }
    }

    private(set) var families: [Family] = []

    /// Collects the fonts that `options` name.
    ///
    /// - Parameters:
    ///   - options: Families and folders.
    ///   - base: The folder from which relative paths lead.
    init(_ options: FontOptions, base: String) throws(SynthesisError) {
        var faces: [FontFace] = []
        if options.folders.isEmpty { faces = Self.faces(of: nil) }
        if !options.folders.isEmpty { faces = try Self.faces(inFolders: options.folders, base: base) }
        faces = faces.filter { options.takes($0) }
        for (name, faces) in Dictionary(grouping: faces, by: \.family) {
            let weight = options.weight(of: name)
            let sorted = faces.sorted { ($0.style, $0.file) < ($1.style, $1.file) }
            guard weight > 0 else { continue }
            families.append(
                Family(
                    name: name, upright: sorted.filter { !$0.isSlanted }, slanted: sorted.filter(\.isSlanted),
                    weight: weight))
        }
        families.sort { $0.name < $1.name }
        guard !families.isEmpty else { throw .noFonts(wanted: options.summary) }
    }

    private static func faces(inFolders folders: [String], base: String) throws(SynthesisError) -> [FontFace]
    {
        let paths = folders.map {
            URL(filePath: $0, relativeTo: URL(filePath: base)).path(percentEncoded: false)
        }
        for path in paths where !FileManager.default.fileExists(atPath: path) {
            throw .noFonts(wanted: "the folder \(path), which is not there")
        }
        let configuration = FcConfigCreate()
        defer { FcConfigDestroy(configuration) }
        let escaped = paths.map {
            "<dir>\($0.replacing("&", with: "&amp;").replacing("<", with: "&lt;"))</dir>"
        }
        let text =
            "<fontconfig>\(escaped.joined())<cachedir prefix=\"xdg\">fontconfig</cachedir></fontconfig>"
        guard FcConfigParseAndLoadFromMemory(configuration, text, 1) != 0,
            FcConfigBuildFonts(configuration) != 0
        else { throw .noFonts(wanted: "\(paths.joined(separator: ", ")) (fontconfig refuses)") }
        return faces(of: configuration)
    }

    /// All faces with outlines that a configuration of fontconfig knows; nil is the system's.
    private static func faces(of configuration: OpaquePointer?) -> [FontFace] {
        let pattern = FcPatternCreate()
        defer { FcPatternDestroy(pattern) }
        let objects = FcObjectSetCreate()
        defer { FcObjectSetDestroy(objects) }
        for name in [
            FC_FAMILY, FC_STYLE, FC_FILE, FC_CHARSET, FC_SCALABLE, FC_FONTFORMAT, FC_WEIGHT, FC_SLANT,
            FC_WIDTH,
            FC_VARIABLE,
        ] { FcObjectSetAdd(objects, name) }
        guard let set = FcFontList(configuration, pattern, objects) else { return [] }
        defer { FcFontSetDestroy(set) }
        return (0..<Int(set.pointee.nfont)).compactMap { set.pointee.fonts[$0].flatMap(FontFace.init) }
    }
}

extension FontFace {
    /// The face that a pattern of fontconfig describes; nil where it has no outlines that Pango can use.
    fileprivate init?(_ pattern: OpaquePointer) {
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
