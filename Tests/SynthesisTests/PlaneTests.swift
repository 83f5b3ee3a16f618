import Files
import Testing

@testable import Synthesis

/// A rectangle as an outline.
private func rectangle(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> Outline {
    var outline = Outline()
    outline.verbs = [.move, .line, .line, .line, .close]
    outline.points = [[left, top], [right, top], [right, bottom], [left, bottom]]
    return outline
}

@Test func aPixelIsCoveredByThePartInsideTheOutline() throws {
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
func blurKeepsUniformPlanes(sigma: Double) {
    let plane = Plane(width: 7, height: 5, filledWith: 0.6).blurred(sigma)
    #expect(plane.values.allSatisfy { abs($0 - 0.6) < 1e-5 })
}

@Test func blurTurnsAPointIntoAGaussian() {
    var plane = Plane(width: 21, height: 21)
    plane.values[10 * 21 + 10] = 1
    let blurred = plane.blurred(2)
    #expect(abs(blurred.values.reduce(0, +) - 1) < 1e-4)
    // At one standard deviation, a Gaussian has fallen to exp(−1/2).
    #expect(abs(blurred.values[10 * 21 + 12] / blurred.values[10 * 21 + 10] - 0.6065) < 1e-3)
}

@Test(arguments: [(3, 2), (1, 1), (20, 9), (7, 5)])
func resizingKeepsUniformPlanes(width: Int, height: Int) {
    let plane = Plane(width: 7, height: 5, filledWith: 0.3).resized(width: width, height: height)
    #expect((plane.width, plane.height) == (width, height))
    #expect(plane.values.allSatisfy { abs($0 - 0.3) < 1e-5 })
}

@Test func shiftingFillsUpWithZeros() {
    let plane = Plane(width: 3, height: 2, values: [1, 2, 3, 4, 5, 6])
    #expect(plane.shifted(x: 1, y: 0).values == [0, 1, 2, 0, 4, 5])
    #expect(plane.shifted(x: -1, y: 1).values == [0, 0, 0, 2, 3, 0])
    #expect(plane.shifted(x: 9, y: -9).values == [0, 0, 0, 0, 0, 0])
}

@Test func motionBlurKeepsWhatIsUniformAlongItsLine() {
    let plane = Plane(width: 9, height: 3, values: (0..<27).map { Float($0 / 9) })
    let blurred = plane.motionBlurred(length: 4, angle: 0)
    for (value, wanted) in zip(blurred.values, plane.values) { #expect(abs(value - wanted) < 1e-4) }
}

@Test func valueNoiseIsSmoothAndLiesBetween0And1() {
    var generator = SeededGenerator(seed: 3)
    let noise = Plane.valueNoise(width: 64, height: 32, cell: 16, using: &generator)
    #expect(noise.values.allSatisfy { (0...1).contains($0) })
    #expect(noise.values.max()! - noise.values.min()! > 0.2)
    for index in 1..<64 { #expect(abs(noise.values[index] - noise.values[index - 1]) < 0.1) }
}

@Test func noiseHasItsStandardDeviation() {
    var generator = SeededGenerator(seed: 3)
    var plane = Plane(width: 101, height: 99, filledWith: 0)
    plane.addNoise(deviation: 0.25, using: &generator)
    let square = plane.values.reduce(0) { $0 + $1 * $1 } / Float(plane.values.count)
    #expect(abs(square.squareRoot() - 0.25) < 0.01)
}

@Test func strengthsAndIndicesFollowTheirProbabilities() {
    var generator = SeededGenerator(seed: 9)
    let strengths = (0..<2000).compactMap { _ in generator.strength(Effect(0.25, 2, 3)) }
    #expect((400...600).contains(strengths.count))
    #expect(strengths.allSatisfy { (2...3).contains($0) })
    let indices = (0..<2000).map { _ in generator.index(weights: [0, 1, 3]) }
    #expect(!indices.contains(0))
    #expect((400...600).contains(indices.count { $0 == 1 }))
}
