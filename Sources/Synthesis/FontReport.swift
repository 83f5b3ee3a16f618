/// What one family can be used for with an alphabet.
public struct FontReport: Sendable, Hashable {
    /// The family's name.
    public let family: String
    /// The faces that would be taken, such as “Bold”.
    public let styles: [String]
    /// How often the family is taken against others.
    public let weight: Double
    /// The symbols of the alphabet that its first face lacks; texts with them are written in other families.
    public let missing: String
    /// Whether small letters look like capitals, so that only texts without small letters are written in it.
    public let hidesCase: Bool
}

extension Synthesizer {
    /// A report on each family that was found, in alphabetical order.
    public func fontReports() throws(SynthesisError) -> [FontReport] {
        var reports: [FontReport] = []
        for family in catalogue.families {
            guard let face = (family.upright + family.slanted).first else { continue }
            reports.append(
                FontReport(
                    family: family.name, styles: (family.upright + family.slanted).map(\.style),
                    weight: family.weight,
                    missing: configuration.text.alphabet.filter { !face.holds(String($0)) },
                    hidesCase: try Typeface(face).hidesCase))
        }
        return reports
    }
}
