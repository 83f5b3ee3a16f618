import Datasets
import Files
import Foundation

/// The synthetic images of a training.
///
/// The first numbers are held out for validation. Each epoch trains on the next `count` numbers.
struct SyntheticTrainingData: Sendable {
    let images: SyntheticImageSettings
    let source: any SyntheticSampleSource
    /// The number of images of an epoch.
    let count: Int
    /// The images for validation: those with the numbers from 0.
    let heldOut: [SyntheticSample]
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
    ///   - holdsOut: Whether images are held out for validation.
    init(
        _ images: SyntheticImageSettings, from source: any SyntheticSampleSource, withStored stored: Int,
        holdsOut: Bool
    ) throws {
        (self.images, self.source) = (images, source)
        count = images.count(withStored: stored)
        let first = try Self.first(max(Self.checksumCount, holdsOut ? images.heldOutCount : 0), of: source)
        heldOut = holdsOut ? Array(first.prefix(images.heldOutCount)) : []
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
        let first = heldOut.count + epoch * count
        return first..<first + count
    }

    /// Draws the first images. Many are requested at once, so that threads can share the work.
    private static func first(_ count: Int, of source: any SyntheticSampleSource) throws -> [SyntheticSample]
    {
        var samples: [SyntheticSample] = []
        while samples.count < count {
            let numbers = samples.count..<min(count, samples.count + requestCount)
            numbers.forEach(source.request)
            samples += try numbers.map(source.sample)
        }
        return samples
    }
}

extension SyntheticImageSettings {
    /// The name of a numbered image in messages; `crnn dataset synthesize --first` counts in the same way.
    func name(ofNumber number: Int) -> SampleName {
        SampleName(path: source, key: "made-\(number.zeroPadded(to: 9))")
    }
}
