/// All settings of synthetic samples. Together with a seed, they determine every sample.
public struct SynthesisConfiguration: Codable, Hashable, Sendable {
    /// The texts.
    public var text = TextOptions()
    /// The fonts.
    public var fonts = FontOptions()
    /// The size and legibility of the images.
    public var image = ImageOptions()
    /// The effects of printing, wear and capture.
    public var effects = EffectOptions()
}
