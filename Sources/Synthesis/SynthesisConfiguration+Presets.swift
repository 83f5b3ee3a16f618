extension SynthesisConfiguration {
    /// The names of all presets.
    public static let presetNames = ["print"]

    /// The preset of this name.
    public static func preset(_ name: String) throws(SynthesisError) -> SynthesisConfiguration {
        switch name {
        case "print": print
        default:
            throw .invalidConfiguration(
                path: name,
                reason: "there is no such preset; there are \(presetNames.joined(separator: ", "))")
        }
    }

    /// Books, papers, receipts and forms, scanned or photographed.
    public static let print = SynthesisConfiguration()
}
