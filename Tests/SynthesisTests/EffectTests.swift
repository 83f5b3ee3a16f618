import Files
import Imaging
import TestSupport
import Testing

@testable import Synthesis

/// The effects that change `plain` alone, in every image, with this strength.
private func only(_ path: WritableKeyPath<EffectOptions, Effect>, _ strength: Double) -> EffectOptions {
    var effects = EffectOptions.none
    effects[keyPath: path] = Effect(1, strength, strength)
    return effects
}

/// A square of ink in the middle of a plane of 40 × 40 pixels.
private let square: Plane = {
    var plane = Plane(width: 40, height: 40)
    for row in 8..<32 { for column in 8..<32 { plane.values[row * 40 + column] = 1 } }
    return plane
}()

@Test func anEffectThatIsOffDrawsNothing() {
    var generator = SeededGenerator(seed: 4)
    #expect(generator.strength(Effect(0, 1, 2)) == nil)
    var other = SeededGenerator(seed: 4)
    #expect(generator.next() == other.next())
}

@Test(arguments: [
    "arc", "slices", "underline", "hollow", "relief", "gradient", "colours", "reflection", "earlyJPEG",
])
func anEffectChangesTheImageAndKeepsItsHeight(name: String) throws {
    let folder = try TemporaryFolder()
    var plain = try plainConfiguration(of: "Effect\n", in: folder)
    plain.image.height = Span(40, 40)
    plain.image.legibility = 0
    plain.effects.background = Effect(1, 0.5, 0.5)
    let before = try Synthesizer(plain, seed: 3).sample(at: 0)
    let path = try #require(EffectOptions.named.first { $0.name == name }).path
    plain.effects[keyPath: path].probability = 1
    let after = try Synthesizer(plain, seed: 3).sample(at: 0)
    #expect(after.text == before.text && after.image.height == 40 && after.image != before.image)
    #expect(try Synthesizer(plain, seed: 3).sample(at: 0).image == after.image)
}

@Test func hollowLettersKeepTheirRimAlone() {
    var generator = SeededGenerator(seed: 1)
    let rim = InkEffects(effects: only(\.hollow, 10)).printed(square, using: &generator)
    #expect(rim.values[20 * 40 + 9] > 0.9 && rim.values[9 * 40 + 20] > 0.9)
    #expect(rim.values[20 * 40 + 20] < 0.01 && rim.values[2 * 40 + 2] < 0.01)
}

@Test(arguments: [60.0, -60, 10])
func anArcBendsTheBaselineAndKeepsItsLength(degrees: Double) {
    var generator = SeededGenerator(seed: 1)
    let warp = OutlineWarp(only(\.arc, degrees), size: 20, centre: 100, using: &generator)
    let baseline = (0...200).map { warp(.init(Double($0), 0)) }
    let length = zip(baseline, baseline.dropFirst()).reduce(0) { sum, pair in
        let step = pair.1 - pair.0
        return sum + (step * step).sum().squareRoot()
    }
    #expect(abs(length - 200) < 0.1)
    #expect(abs(baseline[100].y) < 1e-9)
    // y points down: the ends of an arch lie below its middle.
    #expect((baseline[0].y > 1) == (degrees > 0) && abs(baseline[0].y - baseline[200].y) < 1e-9)
}

@Test func aShortLineIsNotWoundUp() {
    var generator = SeededGenerator(seed: 1)
    let warp = OutlineWarp(only(\.arc, 270), size: 20, centre: 5, using: &generator)
    let bottom = (warp(.init(0, 10)), warp(.init(10, 10)))
    #expect(bottom.0.x < bottom.1.x)
}

@Test func coloursOfSignsDifferInBrightness() {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<2000 {
        let pair = SignColours.pair(deviation: 0.2, using: &generator)
        #expect(abs(pair.letters - pair.background) > 0.0699)
        #expect(pair.letters > -0.05 && pair.letters < 1.05)
    }
}

@Test func aRuleIsABarOfItsThickness() throws {
    let plane = try Outline.rule(from: 2, to: 18, y: 3, thickness: 2).coverage(width: 20, height: 8)
    #expect(plane.values[4 * 20 + 10] == 1 && plane.values[3 * 20 + 3] == 1)
    #expect(plane.values.reduce(0, +) == 32)
}

@Test func reflectionsBrightenAndShadesDarken() {
    var generator = SeededGenerator(seed: 2)
    var bright = square
    bright.addReflection(0.5, using: &generator)
    #expect(zip(bright.values, square.values).allSatisfy { $0 >= $1 && $0 <= $1 + 0.5 })
    var dark = square
    dark.shade(0.3, using: &generator)
    #expect(zip(dark.values, square.values).allSatisfy { $0 <= $1 && $0 >= $1 - 0.3 })
    #expect(bright.values != square.values && dark.values != square.values)
}

@Test func slicesOfOtherWordsStandAtTheSidesBehindAGap() throws {
    let folder = try TemporaryFolder()
    var plain = try plainConfiguration(of: "HHH\n", in: folder)
    (plain.fonts.slanted, plain.image.height) = (0, Span(60, 60))
    plain.fonts.letterSpacing.probability = 0
    plain.effects.slices = Effect(1, 0.1, 0.1)
    let image = try Synthesizer(plain, seed: 2).sample(at: 0).image
    let inked = (0..<image.width).map { column in
        (0..<image.height).contains { image.pixels[$0 * image.width + column] < 128 }
    }
    #expect(inked[0] && inked[image.width - 1])
    let firstGap = try #require(inked.firstIndex(of: false))
    #expect((3...9).contains(firstGap), "the slice is \(firstGap) pixels wide")
    #expect(!inked[firstGap...].prefix(5).contains(true))
}
