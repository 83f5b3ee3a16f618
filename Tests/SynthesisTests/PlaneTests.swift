import Tensors
import Testing

@testable import Synthesis

/// A rectangle as an outline.
private func rectangle(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> Outline {
    var outline = Outline()
    outline.verbs = [.move, .line, .line, .line, .close]
    outline.points = [[left, top], [right, top], [right, bottom], [left, bottom]]
    return outline
}

@Test func aPixelHoldsThePartOfItThatIsInside() throws {
    let plane = try rectangle(1, 0.5, 2.5, 2).coverage(width: 4, height: 3)
    let expected: [Float] = [0, 0.5, 0.25, 0, 0, 1, 0.5, 0, 0, 0, 0, 0]
    for (value, wanted) in zip(plane.values, expected) { #expect(abs(value - wanted) < 0.02) }
}

@Test func aPenFollowsTheOutline() throws {
    var line = Outline()
    (line.verbs, line.points) = ([.move, .line], [[-5, 1.5], [20, 1.5]])
    let plane = try line.coverage(width: 3, height: 3, penWidth: 1)
    #expect(plane.values == [0, 0, 0, 1, 1, 1, 0, 0, 0])
}

@Test(arguments: [0.4, 1, 3.7])
func blurKeepsWhatIsEven(sigma: Double) {
    let plane = Plane(width: 7, height: 5, filledWith: 0.6).blurred(sigma)
    #expect(plane.values.allSatisfy { abs($0 - 0.6) < 1e-5 })
}

@Test func blurSpreadsAPointAsAGaussian() {
    var plane = Plane(width: 21, height: 21)
    plane.values[10 * 21 + 10] = 1
    let blurred = plane.blurred(2)
    #expect(abs(blurred.values.reduce(0, +) - 1) < 1e-4)
    // One deviation off, a Gaussian has fallen to exp(−1/2).
    #expect(abs(blurred.values[10 * 21 + 12] / blurred.values[10 * 21 + 10] - 0.6065) < 1e-3)
}

@Test(arguments: [(3, 2), (1, 1), (20, 9), (7, 5)])
func resizingKeepsWhatIsEven(width: Int, height: Int) {
    let plane = Plane(width: 7, height: 5, filledWith: 0.3).resized(width: width, height: height)
    #expect((plane.width, plane.height) == (width, height))
    #expect(plane.values.allSatisfy { abs($0 - 0.3) < 1e-5 })
}

@Test func movingByWholePixels() {
    let plane = Plane(width: 3, height: 2, values: [1, 2, 3, 4, 5, 6])
    #expect(plane.shifted(x: 1, y: 0).values == [0, 1, 2, 0, 4, 5])
    #expect(plane.shifted(x: -1, y: 1).values == [0, 0, 0, 2, 3, 0])
    #expect(plane.shifted(x: 9, y: -9).values == [0, 0, 0, 0, 0, 0])
}

@Test func smearingKeepsWhatIsEvenAlongItsLine() {
    let plane = Plane(width: 9, height: 3, values: (0..<27).map { Float($0 / 9) })
    let smeared = plane.smeared(length: 4, angle: 0)
    for (value, wanted) in zip(smeared.values, plane.values) { #expect(abs(value - wanted) < 1e-4) }
}

@Test func cloudsAreSmoothAndStayWithinTheirLimits() {
    var chance = Chance(seed: 3)
    let clouds = Plane.clouds(width: 64, height: 32, cell: 16, using: &chance)
    #expect(clouds.values.allSatisfy { (0...1).contains($0) })
    #expect(clouds.values.max()! - clouds.values.min()! > 0.2)
    for index in 1..<64 { #expect(abs(clouds.values[index] - clouds.values[index - 1]) < 0.1) }
}

@Test func noiseHasItsDeviation() {
    var chance = Chance(seed: 3)
    var plane = Plane(width: 101, height: 99, filledWith: 0)
    plane.addNoise(deviation: 0.25, using: &chance)
    let square = plane.values.reduce(0) { $0 + $1 * $1 } / Float(plane.values.count)
    #expect(abs(square.squareRoot() - 0.25) < 0.01)
}

@Test func strengthsAndPicksFollowTheirOdds() {
    var chance = Chance(seed: 9)
    let strengths = (0..<2000).compactMap { _ in chance.strength(Effect(0.25, 2, 3)) }
    #expect((400...600).contains(strengths.count))
    #expect(strengths.allSatisfy { (2...3).contains($0) })
    let picks = (0..<2000).map { _ in chance.index(weights: [0, 1, 3]) }
    #expect(!picks.contains(0))
    #expect((400...600).contains(picks.count { $0 == 1 }))
}
