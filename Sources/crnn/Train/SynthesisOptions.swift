import ArgumentParser
import Foundation
import Training

/// The options of `crnn train` for synthetic images.
struct SynthesisOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Train on synthetic images that are generated during training and used once: a JSON file or a preset, as "
                + "for crnn dataset synthesize.", valueName: "configuration"))
    var synthesize: String?

    @Option(
        help: ArgumentHelp(
            "The fraction of synthetic images, by default 0.5. Without --lmdb all images are synthetic: "
                + "\(Self.defaults.samplesPerEpoch) images are one epoch, and \(Self.defaults.heldOutCount) others are "
                + "held out for validation.", valueName: "fraction"))
    var mix: Double?

    @Option(help: ArgumentHelp("The seed of the synthetic images.", valueName: "number"))
    var synthesizeSeed: UInt64 = 1

    private static let defaults = SyntheticImageSettings("")

    /// The synthetic images, with an absolute path, so that the run can be resumed from another folder; nil if there are
    /// none.
    ///
    /// - Parameter isMixed: Whether there are data sets, too.
    func images(isMixed: Bool) -> SyntheticImageSettings? {
        synthesize.map { name in
            let isFile =
                name.contains("/") || name.hasSuffix(".json") || FileManager.default.fileExists(atPath: name)
            var images = SyntheticImageSettings(
                isFile ? URL(filePath: name).standardizedFileURL.path(percentEncoded: false) : name)
            images.seed = synthesizeSeed
            images.share = mix ?? (isMixed ? 0.5 : 1)
            return images
        }
    }

    /// Throws if `--mix` is out of range or contradicts another option.
    ///
    /// - Parameter isMixed: Whether there are data sets, too.
    func validateValues(isMixed: Bool) throws {
        guard let mix else { return }
        guard synthesize != nil else {
            throw ValidationError("--mix is the fraction of synthetic images and requires --synthesize")
        }
        if isMixed, !(0.001...0.999).contains(mix) {
            throw ValidationError(
                "--mix \(mix) leaves no images of one kind; give a fraction from 0.001 to 0.999, or leave out "
                    + (mix < 0.5 ? "--synthesize" : "--lmdb"))
        }
        if !isMixed, mix != 1 {
            throw ValidationError("--mix \(mix) requires data sets for the other images; give --lmdb, too")
        }
    }
}
