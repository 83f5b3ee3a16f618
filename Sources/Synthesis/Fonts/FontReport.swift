/// How well one font family covers the alphabet of a configuration.
public struct FontReport: Sendable, Hashable {
    /// The name of the family.
    public let family: String
    /// The styles of the selected faces, such as “Bold”.
    public let styles: [String]
    /// The weight of the family in random selection.
    public let weight: Double
    /// The symbols of the alphabet that its first face lacks. Texts with these symbols use other families.
    public let missing: String
    /// Whether lowercase letters look like capitals. Texts with lowercase letters use other families.
    public let isAllCaps: Bool
}

extension Synthesizer {
    /// A report on each font family found, in alphabetical order.
    ///
    /// - Throws: ``SynthesisError/drawing(reason:)`` if a font cannot be loaded.
    public func fontReports() throws(SynthesisError) -> [FontReport] {
        var reports: [FontReport] = []
        for family in catalogue.families {
            guard let face = (family.upright + family.slanted).first else { continue }
            reports.append(
                FontReport(
                    family: family.name, styles: (family.upright + family.slanted).map(\.style),
                    weight: family.weight,
                    missing: configuration.text.alphabet.filter { !face.hasGlyphs(for: String($0)) },
                    isAllCaps: try Typeface(face).isAllCaps))
        }
        return reports
    }
}
