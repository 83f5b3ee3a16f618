/// The relative frequencies of letter cases.
public struct LetterCases: Codable, Hashable, Sendable {
    /// The letter case of the source.
    public var asWritten = 0.68
    /// ALL CAPITALS.
    public var upper = 0.2
    /// Title Case.
    public var title = 0.08
    /// all lowercase.
    public var lower = 0.04
}

extension LetterCases {
    /// All weights.
    var all: [Double] { [asWritten, upper, title, lower] }
}
