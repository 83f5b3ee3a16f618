import Datasets
import Foundation

/// The images that a training makes for itself: their numbers, indices and names.
///
/// The first numbers are held back for validation. Every epoch learns from `count` others, whose indices follow those
/// of the data sets, so that an index alone says which image it is.
struct MadePart: Sendable {
    let images: MadeImages
    let source: any MadeSamples
    /// Images of an epoch.
    let count: Int
    /// The index of the first epoch's first image: the number of stored ones, held-back ones included.
    let firstIndex: Int
    /// The images to validate on: those of the numbers from 0.
    let heldBack: [MadeSample]
    /// What settings, fonts and texts make, as far as the first images show it.
    let checksum: DatasetChecksum

    /// How many images a checksum is taken of.
    private static let witnesses = 32

    /// - Parameters:
    ///   - images: What to make.
    ///   - source: Makes it.
    ///   - learnt: The number of stored images that are learnt from.
    ///   - stored: The number of all stored images.
    ///   - holdsBack: Whether images are made to validate on.
    init(
        _ images: MadeImages, by source: any MadeSamples, beside learnt: Int, of stored: Int, holdsBack: Bool
    ) throws {
        (self.images, self.source, firstIndex) = (images, source, stored)
        count = images.count(beside: learnt)
        let first = try Self.first(max(Self.witnesses, holdsBack ? images.heldBackCount : 0), of: source)
        heldBack = holdsBack ? Array(first.prefix(images.heldBackCount)) : []
        var checksum = DatasetChecksum()
        checksum.add(ImageDigest(of: Array(source.settings.utf8)), label: "\(images.seed)".utf8)
        for sample in first.prefix(Self.witnesses) {
            checksum.add(ImageDigest(of: sample.bytes), label: sample.label.utf8)
        }
        self.checksum = checksum
    }

    /// What messages and checkpoints call it.
    var name: String { URL(filePath: images.source).lastPathComponent }

    /// The indices of an epoch's images.
    func indices(of epoch: Int) -> Range<Int> {
        let first = firstIndex + epoch * count
        return first..<first + count
    }

    func contains(_ index: Int) -> Bool { index >= firstIndex }

    func request(_ index: Int) { source.request(number(of: index)) }

    func sample(at index: Int) throws -> MadeSample { try source.sample(at: number(of: index)) }

    func name(_ index: Int) -> SampleName { images.name(ofNumber: number(of: index)) }

    private func number(of index: Int) -> Int { index - firstIndex + heldBack.count }

    /// Makes the first images; many are asked for at once, so that threads can share the work.
    private static func first(_ count: Int, of source: any MadeSamples) throws -> [MadeSample] {
        var samples: [MadeSample] = []
        while samples.count < count {
            let numbers = samples.count..<min(count, samples.count + 128)
            numbers.forEach(source.request)
            samples += try numbers.map(source.sample)
        }
        return samples
    }
}

extension MadeImages {
    /// What messages call the image of a number, as `crnn dataset synthesize --first` counts.
    func name(ofNumber number: Int) -> SampleName {
        SampleName(path: source, key: String(format: "made-%09d", number))
    }
}

/// Made images in memory as a data set.
struct KeptSamples: LabelledImages {
    let samples: [MadeSample]
    let images: MadeImages

    var count: Int { samples.count }

    func withSample<Result>(
        _ index: Int, _ body: (UnsafeRawBufferPointer, String) throws -> Result
    ) throws -> Result {
        try unsafe samples[index].lend(body)
    }

    func label(_ index: Int) -> String { samples[index].label }

    func name(_ index: Int) -> SampleName { images.name(ofNumber: index) }
}
