import Files
import Foundation
import Imaging
import Tensors
import Testing
import Training

@Suite struct AugmentationTests {
    private let image = TinyRun.image(bars: 3, width: 60, height: 32)

    @Test func theSameGeneratorGivesTheSamePicture() {
        var first = SeededGenerator(seed: 5), second = SeededGenerator(seed: 5),
            third = SeededGenerator(seed: 6)
        let picture = Augmentation.mild(image, using: &first)
        #expect(picture == Augmentation.mild(image, using: &second))
        #expect(picture != Augmentation.mild(image, using: &third))
    }

    @Test func everyImageKeepsItsSizeAndItsBars() {
        var generator = SeededGenerator(seed: 1)
        var augmentation = Augmentation.mild
        augmentation.inversionProbability = 0
        #expect(darkRuns(in: image) == 3)
        for attempt in 0..<200 {
            let changed = augmentation(image, using: &generator)
            #expect(changed.width == image.width && changed.height == image.height)
            #expect(darkRuns(in: changed) == 3, "attempt \(attempt) of seed 1")
        }
    }

    /// How many runs of columns are darker than the middle between the darkest and the brightest, in the five middle
    /// rows' mean.
    private func darkRuns(in image: Image) -> Int {
        let middle = image.height / 2 - 2..<image.height / 2 + 3
        let columns = (0..<image.width).map { x in
            middle.reduce(0) { $0 + Int(image.pixels[$1 * image.width + x]) }
        }
        let threshold = ((columns.min() ?? 0) + (columns.max() ?? 0)) / 2
        return columns.indices.count { columns[$0] < threshold && ($0 == 0 || columns[$0 - 1] >= threshold) }
    }

    @Test(arguments: AugmentationTests.singleChanges)
    func everyStrengthAloneChangesTheImage(_ augmentation: Augmentation) {
        let grey = Image(width: 60, height: 32, pixels: image.pixels.map { $0 / 2 + 60 })
        var generator = SeededGenerator(seed: 1)
        let changed = (0..<8).count { _ in augmentation(grey, using: &generator) != grey }
        #expect(changed > 0)
    }

    private static let singleChanges = [
        only { $0.rotation = 2 }, only { $0.shear = 0.15 }, only { $0.scale = 0.1 },
        only { $0.shift = 1.5 }, only { $0.blur = 0.8 }, only { $0.noise = 12 },
        only { $0.brightness = 25 }, only { $0.contrast = 0.3 },
        only { $0.inversionProbability = 1 },
    ]

    private static func only(_ change: (inout Augmentation) -> Void) -> Augmentation {
        var augmentation = none
        change(&augmentation)
        return augmentation
    }

    /// No change at all, though blur and noise of strength 0 are applied to every image.
    private static let none: Augmentation = {
        var none = Augmentation()
        (none.rotation, none.shear, none.scale, none.shift, none.blur) = (0, 0, 0, 0, 0)
        (none.noise, none.brightness, none.contrast, none.inversionProbability) = (0, 0, 0, 0)
        none.degradationProbability = 1
        return none
    }()

    @Test func noStrengthLeavesThePictureAsItIs() {
        var generator = SeededGenerator(seed: 1)
        #expect(AugmentationTests.none(image, using: &generator) == image)
    }
}

@Suite struct LearningRateTests {
    @Test func theRateRisesThenFallsAlongACosine() {
        let rate = LearningRate(peak: 1, warmupSteps: 10, decay: .cosine)
        #expect(rate.rate(step: 5, progress: 0) == 0.5)
        #expect(rate.rate(step: 10, progress: 0) == 1)
        #expect(abs(rate.rate(step: 500, progress: 0.5) - 0.505) < 1e-6)
        #expect(abs(rate.rate(step: 1000, progress: 1) - 0.01) < 1e-6)
    }

    @Test func aConstantRateStays() {
        #expect(LearningRate(peak: 0.3).rate(step: 1, progress: 0.9) == 0.3)
    }
}
