public import Imaging
internal import Synchronization

/// A picture that was made, and what it says.
public struct SynthesizedSample: Sendable {
    /// The picture.
    public let image: Image
    /// Its label.
    public let text: String
    /// The face it is written in, as Pango calls it: family, style.
    public let font: String
}

/// Makes labelled pictures of text.
///
/// Sample i is a function of configuration, seed and i alone, so that samples can be made in any order, by several
/// threads or processes, and again after an interruption. `sample(at:)` may be called from several threads at once.
public final class Synthesizer: Sendable {
    /// What was asked for.
    public let configuration: SynthesisConfiguration
    /// The number from which all chance comes.
    public let seed: UInt64

    private let writer: TextWriter
    let catalogue: FontCatalogue
    private let backgrounds: Backgrounds
    private let idle = Mutex<[Loan]>([])

    /// Reads texts and looks for fonts.
    ///
    /// - Parameters:
    ///   - configuration: What to make.
    ///   - seed: Another seed makes other samples.
    ///   - base: The folder from which relative paths of the configuration lead.
    public init(
        _ configuration: SynthesisConfiguration, seed: UInt64, base: String = "."
    ) throws(SynthesisError) {
        (self.configuration, self.seed) = (configuration, seed)
        writer = try TextWriter(configuration.text, base: base)
        catalogue = try FontCatalogue(configuration.fonts, base: base)
        backgrounds = try Backgrounds(configuration.image.backgrounds, base: base)
    }

    /// Makes the sample of number `index`, 0 or more.
    public func sample(at index: Int) throws(SynthesisError) -> SynthesizedSample {
        precondition(index >= 0, "there is no sample \(index)")
        let loan =
            idle.withLock { $0.popLast() } ?? Loan(TypeCase(catalogue, slanted: configuration.fonts.slanted))
        defer { idle.withLock { $0.append(loan) } }
        var last: SynthesisError?
        for attempt in 0..<20 {
            var chance = Chance(seed: seed, index, attempt)
            do throws(SynthesisError) { return try sample(with: loan.types, using: &chance) } catch {
                guard case .noFontHolds = error else { throw error }
                last = error
            }
        }
        throw last ?? .noUsableText(reason: "no attempt was made")
    }

    private func sample(with types: TypeCase, using chance: inout Chance) throws(SynthesisError)
        -> SynthesizedSample
    {
        let written = try writer.text(using: &chance)
        let workshop = Workshop(
            configuration: configuration, writer: writer, types: types, backgrounds: backgrounds)
        let (image, face) = try workshop.picture(of: written, using: &chance)
        return SynthesizedSample(image: image, text: written.text, font: face.family + ", " + face.style)
    }

    /// A worker's fonts on their way from one thread to the next.
    ///
    /// Sound: a loan is in `idle` or with one caller, never both, and the lock orders what they do.
    private struct Loan: @unchecked Sendable {
        let types: TypeCase

        init(_ types: TypeCase) { self.types = types }
    }
}
