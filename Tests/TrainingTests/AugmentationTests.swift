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

    @Test func picturesKeepTheirSizeAndMostOfTheirInk() {
        var generator = SeededGenerator(seed: 1)
        var augmentation = Augmentation.mild
        augmentation.inversionProbability = 0
        func ink(_ image: Image) -> Double { image.pixels.reduce(0) { $0 + Double(255 - $1) } }
        var total = 0.0
        for _ in 0..<200 {
            let picture = augmentation(image, using: &generator)
            #expect(picture.width == image.width && picture.height == image.height)
            total += ink(picture) / ink(image)
        }
        #expect(abs(total / 200 - 1) < 0.5)
    }

    @Test func noStrengthLeavesThePictureAsItIs() {
        var none = Augmentation()
        (none.rotation, none.shear, none.scale, none.shift, none.blur) = (0, 0, 0, 0, 0)
        (none.noise, none.brightness, none.contrast, none.inversionProbability) = (0, 0, 0, 0)
        var generator = SeededGenerator(seed: 1)
        #expect(none(image, using: &generator) == image)
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
