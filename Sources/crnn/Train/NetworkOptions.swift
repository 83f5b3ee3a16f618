import ArgumentParser
import Recognition

/// The network options of `crnn train`.
struct NetworkOptions: ParsableArguments {
    /// A named network configuration.
    enum Preset: String, ExpressibleByArgument, CaseIterable {
        case compact, paper
    }

    @Option(help: "The network: compact with about 1 M parameters, or paper (arXiv 1507.05717) with 8.7 M.")
    var preset = Preset.compact

    @Option(
        help: ArgumentHelp("The height to which images are scaled, a multiple of 16.", valueName: "pixels"))
    var height = 32

    @Option(help: ArgumentHelp("Images are padded to a multiple of this width.", valueName: "pixels"))
    var widthStep = 32

    @Flag(
        help:
            "Cut off wide margins with nothing but background before images are scaled, in training and by the model."
    )
    var trimMargins = false

    @Option(
        help: ArgumentHelp(
            "The alphabet, as one text; by default the symbols of the labels.", valueName: "text"))
    var alphabet: String?

    /// The network configuration that the options describe.
    var configuration: CRNNConfiguration {
        preset == .paper ? .paper(height: height) : .compact(height: height)
    }

    /// The given alphabet; nil if the labels determine it.
    func alphabetSymbols() throws -> Alphabet? { try alphabet.map { try Alphabet(characters: $0) } }

    /// Throws if the options do not describe a valid network.
    func validateValues() throws {
        do { try configuration.validate() } catch { throw ValidationError("--height: \(error)") }
        guard (1...8192).contains(widthStep) else {
            throw ValidationError("--width-step must be from 1 to 8192")
        }
        do {
            try configuration.validate(Preprocessor(height: height, widthStep: widthStep))
        } catch {
            throw ValidationError("--width-step: \(error)")
        }
        do { _ = try alphabetSymbols() } catch { throw ValidationError("--alphabet: \(error)") }
    }
}
