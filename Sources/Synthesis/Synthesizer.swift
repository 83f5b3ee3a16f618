import Files
internal import Requirements
import Synchronization

/// Generates labelled images of text.
///
/// Sample i depends on the configuration, the seed and i alone. Samples can therefore be generated in any order, by
/// several threads or processes, and again after an interruption. `sample(at:)` may be called from several threads
/// at once.
public final class Synthesizer: Sendable {
    /// The settings of all samples.
    public let configuration: SynthesisConfiguration
    /// The seed of all random draws.
    public let seed: UInt64

    private let texts: TextGenerator
    let catalogue: FontCatalogue
    private let backgrounds: Backgrounds
    private let idleSelectors = Mutex<[PooledSelector]>([])

    /// Reads the texts and background images, and finds the fonts.
    ///
    /// - Parameters:
    ///   - configuration: The settings of all samples.
    ///   - seed: The seed of all random draws. Another seed gives other samples.
    ///   - base: The folder that relative paths in the configuration refer to.
    /// - Throws: ``SynthesisError`` if a text or image cannot be read, or no font is found.
    public init(
        _ configuration: SynthesisConfiguration, seed: UInt64, base: String = "."
    ) throws(SynthesisError) {
        (self.configuration, self.seed) = (configuration, seed)
        texts = try TextGenerator(configuration.text, base: base)
        catalogue = try FontCatalogue(configuration.fonts, base: base)
        backgrounds = try Backgrounds(configuration.image.backgrounds, base: base)
    }

    /// Generates sample `index`, 0 or more.
    ///
    /// - Throws: ``SynthesisError`` if no usable text is found, or no font has the glyphs of 20 texts in a row.
    public func sample(at index: Int) throws(SynthesisError) -> SynthesizedSample {
        require(index >= 0, "sample index \(index) is negative")
        let pooled =
            idleSelectors.withLock { $0.popLast() }
            ?? PooledSelector(FontSelector(catalogue, slanted: configuration.fonts.slanted))
        defer { idleSelectors.withLock { $0.append(pooled) } }
        var last: SynthesisError?
        for attempt in 0..<20 {
            var generator = SeededGenerator(seed: seed, index, attempt)
            do throws(SynthesisError) { return try sample(pooled.fonts, using: &generator) } catch {
                guard case .noFontHasGlyphs = error else { throw error }
                last = error
            }
        }
        throw last ?? .noUsableText(reason: "no attempt was made")
    }

    private func sample(
        _ fonts: FontSelector, using generator: inout SeededGenerator
    ) throws(SynthesisError) -> SynthesizedSample {
        let text = try texts.text(using: &generator)
        let renderer = SampleRenderer(
            configuration: configuration, texts: texts, fonts: fonts, backgrounds: backgrounds)
        let (image, face) = try renderer.image(of: text, using: &generator)
        return SynthesizedSample(image: image, text: text.text, font: face.family + ", " + face.style)
    }

    /// A font selector that passes from one thread to the next.
    ///
    /// Sound: a selector is either in `idleSelectors` or with one caller, never both, and the lock orders their
    /// accesses.
    private struct PooledSelector: @unchecked Sendable {
        let fonts: FontSelector

        init(_ fonts: FontSelector) { self.fonts = fonts }
    }
}
