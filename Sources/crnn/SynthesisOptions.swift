import ArgumentParser
import Foundation
import Training

/// The images that `crnn train` makes for itself.
struct SynthesisOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Learn from pictures of text that are drawn while training goes on, each seen once: a JSON file or a "
                + "preset of crnn dataset synthesize.", valueName: "configuration"))
    var synthesize: String?

    @Option(
        help: ArgumentHelp(
            "The share of drawn pictures among all, 0.5 unless given. Without --lmdb all are drawn: "
                + "\(Self.defaults.epochCount) count as an epoch, and \(Self.defaults.heldBackCount) others are kept "
                + "to validate on.", valueName: "share"))
    var mix: Double?

    @Option(help: ArgumentHelp("Another seed draws other pictures.", valueName: "number"))
    var synthesizeSeed: UInt64 = 1

    private static let defaults = MadeImages("")

    /// What to make, so that it stays right when the run is resumed from another folder; nil where nothing is.
    func images(besideSets hasSets: Bool) -> MadeImages? {
        synthesize.map { name in
            let isFile =
                name.contains("/") || name.hasSuffix(".json") || FileManager.default.fileExists(atPath: name)
            var images = MadeImages(
                isFile ? URL(filePath: name).standardizedFileURL.path(percentEncoded: false) : name)
            images.seed = synthesizeSeed
            images.share = mix ?? (hasSets ? 0.5 : 1)
            return images
        }
    }

    func validateValues(hasSets: Bool) throws {
        guard let mix else { return }
        guard synthesize != nil else {
            throw ValidationError("--mix tells the share of drawn pictures: say which with --synthesize")
        }
        if hasSets, !(0.001...0.999).contains(mix) {
            throw ValidationError(
                "--mix \(mix) leaves no pictures of one kind: give a share from 0.001 to 0.999, or leave out "
                    + (mix < 0.5 ? "--synthesize" : "--lmdb"))
        }
        if !hasSets, mix != 1 {
            throw ValidationError("--mix \(mix) needs data sets for the other pictures: give --lmdb, too")
        }
    }
}
