extension SynthesisConfiguration {
    /// The names of all presets.
    public static let presetNames = ["print", "scene", "captcha"]

    /// The preset of this name.
    ///
    /// - Throws: ``SynthesisError/invalidConfiguration(path:reason:)`` if there is none.
    public static func preset(_ name: String) throws(SynthesisError) -> SynthesisConfiguration {
        switch name {
        case "print": print
        case "scene": scene
        case "captcha": captcha
        default:
            throw .invalidConfiguration(
                path: name,
                reason: "there is no such preset; there are \(presetNames.joined(separator: ", "))")
        }
    }

    /// Scanned or photographed print: books, newspapers, receipts and forms.
    public static let print = SynthesisConfiguration()

    /// Scene text: photographed words on signs, walls, products and screens.
    public static let scene: SynthesisConfiguration = {
        var scene = SynthesisConfiguration()
        scene.text.lengths = [.init(1, 14, weight: 9), .init(14, 25, weight: 1)]
        scene.text.letterCase = LetterCases(asWritten: 0.35, upper: 0.4, title: 0.2, lower: 0.05)
        scene.text.kinds = TextKinds(
            fromSources: 10, numbers: 1, prices: 0.6, dates: 0.1, times: 0.2, percentages: 0.2, phones: 0.3,
            codes: 0.4, addresses: 0.3, receipts: 0.1, rules: 0, characters: 0.8, random: 0.2)
        (scene.text.hyphenated, scene.text.footnotes, scene.text.balanced) = (0, 0, 0.1)
        scene.fonts.letterSpacing = Effect(0.3, -0.04, 0.3)
        scene.image = ImageOptions(height: Span(24, 80), maximumWidth: 600, legibility: 0.55)
        scene.effects = .scene
        return scene
    }()

    /// Captchas: short codes that are hard to read on purpose.
    public static let captcha: SynthesisConfiguration = {
        var captcha = SynthesisConfiguration()
        captcha.text = TextOptions()
        captcha.text.lengths = [.init(4, 7, weight: 1)]
        captcha.text.alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        captcha.text.balanced = 0
        captcha.text.kinds = TextKinds(
            fromSources: 0, numbers: 0, prices: 0, dates: 0, times: 0, percentages: 0, phones: 0, codes: 0,
            addresses: 0, receipts: 0, rules: 0, characters: 0, random: 1)
        (captcha.text.hyphenated, captcha.text.footnotes, captcha.text.typographic) = (0, 0, 0)
        captcha.fonts.slanted = 0.3
        captcha.fonts.letterSpacing = Effect(0.8, -0.08, 0.2)
        captcha.image = ImageOptions(height: Span(40, 70), maximumWidth: 300, legibility: 0.4)
        captcha.effects = .captcha
        return captcha
    }()
}
