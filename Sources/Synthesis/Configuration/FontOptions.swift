/// The settings of the fonts.
public struct FontOptions: Codable, Hashable, Sendable {
    /// The weight of some families in random selection. The weight of all others is 1.
    public struct Weight: Codable, Hashable, Sendable {
        /// Names of families; `*` at the end matches any suffix.
        public var families: [String]
        /// The weight; 0 excludes the families.
        public var weight: Double

        /// Gives `families` this weight.
        public init(_ families: [String], _ weight: Double) {
            (self.families, self.weight) = (families, weight)
        }
    }

    /// The allowed families; `*` at the end matches any suffix. All are allowed if it is empty.
    public var families: [String] = []
    /// Folders of font files, relative to the folder of the configuration; the system's fonts if empty.
    public var folders: [String] = []
    /// The weights of families in random selection. The last entry that matches a family applies.
    public var weights = FontOptions.usualWeights
    /// The probability of an italic or oblique face, if the family has one.
    public var slanted = 0.15
    /// The range of CSS font weights, 100 (thin) … 900 (black).
    public var boldness = Span(100, 900)
    /// Additional space between letters; strength in ems.
    public var letterSpacing = Effect(0.25, -0.03, 0.12)
    /// Additional space between words; strength in ems.
    public var wordSpacing = Effect(0.3, -0.06, 0.6)
}
