import Neural
import Tensors
import TestSupport
import Testing

private let ones = Tensor(repeating: 1, shape: [100, 50], on: reference)

@Test(arguments: [Float(0.1), 0.5, 0.9])
func aShareIsLeftOutAndTheRestMakesUpForIt(_ share: Float) {
    var layer = Dropout(share, seed: 1)
    let kept = layer.forward(ones).output.scalars
    #expect(Set(kept) == [0, 1 / (1 - share)])
    let zeros = Float(kept.count { $0 == 0 }) / 5000
    #expect(abs(zeros - share) < 0.03)
}

@Test func theSeedDecidesWhatIsLeftOutPassByPass() {
    var (first, second, other) = (Dropout(0.5, seed: 1), Dropout(0.5, seed: 1), Dropout(0.5, seed: 2))
    let passes = (0..<2).map { _ in first.forward(ones).output.scalars }
    #expect(passes == (0..<2).map { _ in second.forward(ones).output.scalars })
    #expect(passes[0] != passes[1] && passes[0] != other.forward(ones).output.scalars)
}

@Test func inferenceLeavesNothingOut() {
    #expect(Dropout(0.5, seed: 1)(ones).scalars == ones.scalars)
    var none = Dropout(0, seed: 1)
    #expect(none.forward(ones).output.scalars == ones.scalars)
}

@Test(arguments: [Float(0), 0.4])
func dropoutGradientsAgreeWithDifferences(_ share: Float) {
    #expect(gradientMismatches(of: Dropout(share, seed: 1), input: .uniform([3, 4])) == [])
    #expect(Dropout(share, seed: 1).outputShape(for: [3, 4]) == [3, 4])
}
