import Datasets
import Files
import Foundation

/// The synthetic images of a training.
///
/// The first numbers are held back for validation. Each epoch trains on the next `count` numbers.
struct SyntheticPart: Sendable {
    let images: SyntheticImages
    let source: any SyntheticSamples
    /// The number of images of an epoch.
    let count: Int
    /// The images for validation: those with the numbers from 0.
    let heldBack: [SyntheticSample]
    /// Depends on the settings, fonts and texts, as far as the first images show them.
    let checksum: DatasetChecksum

    /// The number of images that the checksum covers.
    private static let checksumCount = 32
    /// The number of images that are requested at once when the first images are drawn.
    private static let requestCount = 128

    /// Draws the first images.
    ///
    /// - Parameters:
    ///   - images: Which images are used.
    ///   - source: Draws them.
    ///   - stored: The number of stored images that are trained on.
    ///   - holdsBack: Whether images are held back for validation.
    init(
        _ images: SyntheticImages, from source: any SyntheticSamples, withStored stored: Int, holdsBack: Bool
    ) throws {
        (self.images, self.source) = (images, source)
        count = images.count(withStored: stored)
        let first = try Self.first(max(Self.checksumCount, holdsBack ? images.heldBackCount : 0), of: source)
        heldBack = holdsBack ? Array(first.prefix(images.heldBackCount)) : []
        var checksum = DatasetChecksum()
        checksum.add(ImageDigest(of: Array(source.settings.utf8)), label: "\(images.seed)".utf8)
        for sample in first.prefix(Self.checksumCount) {
            checksum.add(ImageDigest(of: sample.bytes), label: sample.label.utf8)
        }
        self.checksum = checksum
    }

    /// The name in messages and checkpoints.
    var name: String { URL(filePath: images.source).lastPathComponent }

    /// The numbers of an epoch's images.
    func numbers(of epoch: Int) -> Range<Int> {
        let first = heldBack.count + epoch * count
        return first..<first + count
    }

    /// Draws the first images. Many are requested at once, so that threads can share the work.
    private static func first(_ count: Int, of source: any SyntheticSamples) throws -> [SyntheticSample] {
        var samples: [SyntheticSample] = []
        while samples.count < count {
            let numbers = samples.count..<min(count, samples.count + requestCount)
            numbers.forEach(source.request)
            samples += try numbers.map(source.sample)
        }
        return samples
    }
}

extension SyntheticImages {
    /// The name of a numbered image in messages; `crnn dataset synthesize --first` counts in the same way.
    func name(ofNumber number: Int) -> SampleName {
        SampleName(path: source, key: "made-\(number.zeroPadded(to: 9))")
    }
}
