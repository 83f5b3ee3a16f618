import CPango
import Files
import Foundation

/// The fonts to draw from, grouped by family.
struct FontCatalogue: Sendable {
    /// A family: its name, its faces, and its weight in random selection.
    struct Family: Sendable {
        let name: String
        let upright: [FontFace]
        let slanted: [FontFace]
        let weight: Double

        /// A random face; slanted with this probability if the family has both kinds.
        func face(slanted probability: Double, using generator: inout SeededGenerator) -> FontFace {
            let isSlanted = upright.isEmpty || (!slanted.isEmpty && generator.bernoulli(probability))
            return generator.pick(isSlanted ? slanted : upright)
        }
    }

    private(set) var families: [Family] = []

    /// Finds the fonts that `options` select.
    ///
    /// - Parameters:
    ///   - options: The families, folders and weights.
    ///   - base: The folder that relative paths refer to.
    init(_ options: FontOptions, base: String) throws(SynthesisError) {
        var faces: [FontFace] = []
        if options.folders.isEmpty { faces = Self.faces(of: nil) }
        if !options.folders.isEmpty { faces = try Self.faces(inFolders: options.folders, base: base) }
        faces = faces.filter { options.includes($0) }
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
            throw .noFonts(wanted: "the folder \(path), which does not exist")
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
        else { throw .noFonts(wanted: "\(paths.joined(separator: ", ")) (fontconfig cannot read it)") }
        return faces(of: configuration)
    }

    /// All usable faces of a fontconfig configuration; nil for the system's.
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
