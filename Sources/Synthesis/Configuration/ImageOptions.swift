/// The settings of the images: size, backgrounds and legibility.
public struct ImageOptions: Codable, Hashable, Sendable {
    /// The range of heights in pixels.
    public var height = Span(24, 64)
    /// The maximum width in pixels. Longer lines become less high.
    public var maximumWidth = 2048
    /// PNG or JPEG files, or folders of them, relative to the folder of the configuration. The effect
    /// ``EffectOptions/background`` crops its backgrounds from them.
    public var backgrounds: [String] = []
    /// The minimum correlation between the pixels of the image and of the bare text, from 0 (any image) to below 1.
    ///
    /// The effects of an image below it are drawn again.
    public var legibility = 0.65
}
