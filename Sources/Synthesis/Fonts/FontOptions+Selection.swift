extension FontOptions {
    /// Whether the families and the range of font weights include `face`.
    func includes(_ face: FontFace) -> Bool {
        (families.isEmpty || families.contains { Self.matches(face.family, $0) })
            && boldness.lower <= face.boldness && face.boldness <= boldness.upper
    }

    /// The weight of a family in random selection: the last entry of `weights` that matches, or 1.
    func weight(of family: String) -> Double {
        weights.last { $0.families.contains { Self.matches(family, $0) } }?.weight ?? 1
    }

    /// The requested families and folders, for error messages.
    var summary: String {
        let names = families.isEmpty ? "any family" : families.joined(separator: ", ")
        return folders.isEmpty ? names : names + " in " + folders.joined(separator: ", ")
    }

    /// Whether `family` equals `pattern`, or starts with it if the pattern ends in `*`.
    private static func matches(_ family: String, _ pattern: String) -> Bool {
        pattern.hasSuffix("*") ? family.hasPrefix(pattern.dropLast()) : family == pattern
    }
}
