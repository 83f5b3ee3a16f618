import Files
import Foundation
import Imaging
import Testing

@Suite("Blur, tone and border")
struct FilteringTests {
    let image = picture(width: 13, height: 9)

    @Test func blurOfAPointIsTheGaussian() {
        var pixels = [UInt8](repeating: 0, count: 21 * 21)
        pixels[10 * 21 + 10] = 255
        let blurred = Image(width: 21, height: 21, pixels: pixels).blurred(sigma: 1.2)
        func density(_ distance: Int) -> Double { exp(-Double(distance * distance) / 2.88) }
        let sum = (-4...4).map(density).reduce(0, +)
        for y in 0..<21 {
            for x in 0..<21 {
                let expected =
                    abs(x - 10) > 4 || abs(y - 10) > 4
                    ? 0 : 255 * density(x - 10) * density(y - 10) / sum / sum
                #expect(abs(Double(blurred.pixels[y * 21 + x]) - expected) <= 1)
            }
        }
        #expect(blurred.pixels == blurred.pixels.reversed())
    }

    @Test func blurKeepsPlainGreyAndNothingBlursNothing() {
        let plain = Image(width: 5, height: 3, pixels: .init(repeating: 201, count: 15))
        #expect(plain.blurred(sigma: 3) == plain)
        #expect(image.blurred(sigma: 0) == image)
        #expect(Image(width: 1, height: 1, pixels: [8]).blurred(sigma: 50).pixels == [8])
    }

    @Test func brightnessAddsAndContrastMultipliesAroundTheMiddle() {
        let levels = Image(width: 4, height: 1, pixels: [0, 100, 127, 255])
        #expect(levels.adjusted(brightness: 0, contrast: 1) == levels)
        #expect(levels.adjusted(brightness: 10, contrast: 1).pixels == [10, 110, 137, 255])
        #expect(levels.adjusted(brightness: 0, contrast: 2).pixels == [0, 73, 127, 255])
        #expect(levels.adjusted(brightness: -.greatestFiniteMagnitude, contrast: 1).pixels == [0, 0, 0, 0])
    }

    @Test func inversionIsItsOwnInverse() {
        #expect(image.inverted().pixels == image.pixels.map { 255 - $0 })
        #expect(image.inverted().inverted() == image)
    }

    @Test func noiseHasItsDeviationAndNoBias() {
        let grey = Image(width: 200, height: 101, pixels: .init(repeating: 128, count: 20200))
        var generator = SeededGenerator(seed: 3)
        let noise = grey.noisy(deviation: 10, using: &generator).pixels.map { Double($0) - 128 }
        let mean = noise.reduce(0, +) / 20200
        let variance = noise.map { $0 * $0 }.reduce(0, +) / 20200 - mean * mean
        #expect(abs(mean) < 0.3)
        #expect(abs(variance.squareRoot() - 10) < 0.2)
    }

    @Test func noiseIsTheGeneratorsAlone() {
        var (first, second) = (SeededGenerator(seed: 3), SeededGenerator(seed: 3))
        var third = SeededGenerator(seed: 4)
        let noisy = image.noisy(deviation: 30, using: &first)
        #expect(noisy == image.noisy(deviation: 30, using: &second))
        #expect(noisy != image.noisy(deviation: 30, using: &third))
        #expect(image.noisy(deviation: 0, using: &first) == image)
    }

    @Test func backgroundIsTheMedianOfTheBorder() {
        let framed = Image(width: 4, height: 3, pixels: [9, 9, 9, 9, 8, 0, 0, 7, 7, 7, 7, 8])
        #expect(framed.background == 8)
        #expect(Image(width: 1, height: 1, pixels: [77]).background == 77)
        #expect(Image(width: 1, height: 3, pixels: [1, 5, 200]).background == 5)
        #expect(Image(width: 2, height: 1, pixels: [4, 6]).background == 4)
    }

    @Test func paddingStandsOnTheRight() {
        let small = Image(width: 2, height: 2, pixels: [1, 2, 3, 4])
        #expect(small.padded(toWidth: 4, with: 9).pixels == [1, 2, 9, 9, 3, 4, 9, 9])
        #expect(small.padded(toWidth: 2, with: 9) == small)
    }
}
