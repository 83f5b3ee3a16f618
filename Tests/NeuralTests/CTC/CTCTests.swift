import Neural
import Tensors
import TestSupport
import Testing

/// The losses of a batch as a layer over its scores; blank is class 0.
private struct CTCLosses: Layer {
    let labels: [[Int]]

    func outputShape(for input: Shape) -> Shape { [labels.count] }

    func callAsFunction(_ input: Tensor) -> Tensor { losses(ctcLoss(input, labels: labels, blank: 0)) }

    mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Tensor) {
        let result = ctcLoss(input, labels: labels, blank: 0, divisor: 1)
        return (losses(result), result.gradient)
    }

    /// The gradient of each sample times that of its loss.
    mutating func backward(_ outputGradient: Tensor, _ cache: consuming Tensor) -> Tensor {
        let factors = outputGradient.scalars, shape = cache.shape
        let size = shape[1] * shape[2]
        let scaled = cache.scalars.enumerated().map { $1 * factors[$0 / size] }
        return Tensor(scaled, shape: shape, on: reference)
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {}

    private func losses(_ result: CTCResult) -> Tensor {
        Tensor(result.losses, shape: [labels.count], on: reference)
    }
}

/// Scores between −2 and 2.
private func scores(_ shape: Shape) -> Tensor {
    Tensor(Tensor.uniform(shape, seed: 4).scalars.map { 2 * $0 }, shape: shape, on: reference)
}

/// One symbol, several, repeated ones, none, and as many as the frames can carry.
@Test(arguments: [[[1]], [[1, 2, 3]], [[2, 2]], [[]], [[1, 1, 2]], [[], [3, 1, 3, 2], [2]]])
func ctcGradientsAgreeWithDifferences(_ labels: [[Int]]) {
    let scores = scores([labels.count, 4, 4])
    #expect(gradientMismatches(of: CTCLosses(labels: labels), input: scores) == [])
}

@Test func aLabelThatJustFitsOneFrameHasAGradient() {
    #expect(gradientMismatches(of: CTCLosses(labels: [[3]]), input: scores([1, 1, 4])) == [])
    #expect(gradientMismatches(of: CTCLosses(labels: [[]]), input: scores([1, 1, 4])) == [])
}

@Test func aLabelThatCannotFitIsInfiniteAndLeavesItsNeighbourAlone() {
    let both = scores([2, 2, 4])
    let alone = Tensor(Array(both.scalars.suffix(8)), shape: [1, 2, 4], on: reference)
    let result = ctcLoss(both, labels: [[1, 1], [2]], blank: 0, divisor: 1)
    let neighbour = ctcLoss(alone, labels: [[2]], blank: 0, divisor: 1)
    #expect(result.losses == [.infinity] + neighbour.losses)
    #expect(result.gradient.scalars == [Float](repeating: 0, count: 8) + neighbour.gradient.scalars)
}

@Test func scoresThatAreNoNumbersGiveALossThatIsNone() {
    var values = scores([1, 4, 3]).scalars
    values[1] = .nan
    let result = ctcLoss(Tensor(values, shape: [1, 4, 3], on: reference), labels: [[1, 2]], blank: 0)
    #expect(result.losses.allSatisfy { $0.isNaN })
    #expect(result.gradient.scalars.contains { $0.isNaN })
}

@Test func theGradientIsDividedByTheBatchUnlessToldOtherwise() {
    let scores = scores([4, 5, 3]), labels = [[1], [2], [1, 2], []]
    let sum = ctcLoss(scores, labels: labels, blank: 0, divisor: 1)
    let mean = ctcLoss(scores, labels: labels, blank: 0)
    #expect(largestDifference(mean.gradient.scalars.map { 4 * $0 }, sum.gradient.scalars) < 1e-6)
    #expect(mean.losses == sum.losses)
}

@Test func framesNeededCountsABlankBetweenEqualNeighbours() {
    let labels = [[], [1], [1, 2, 1], [1, 1], [1, 1, 1, 2, 2]]
    #expect(labels.map { framesNeeded(for: $0) } == [0, 1, 3, 3, 8])
}

@Test(arguments: [[1], [1, 2], [2, 2], [1, 1, 1], [1, 2, 2, 1]])
func theLossIsFiniteExactlyWhereTheFramesSuffice(_ label: [Int]) {
    let needed = framesNeeded(for: label)
    let enough = ctcLoss(scores([1, needed, 3]), labels: [label], blank: 0)
    let short = ctcLoss(scores([1, needed - 1, 3]), labels: [label], blank: 0)
    #expect(enough.losses[0].isFinite)
    #expect(short.losses == [.infinity])
}

/// The batch cost of probabilities as a layer; blank is the last class.
private struct BatchCost: Layer {
    let labels: [[Int]]
    let frames: [Int]

    func outputShape(for input: Shape) -> Shape { [1] }

    func callAsFunction(_ input: Tensor) -> Tensor { sum(cost(input)) }

    mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Tensor) {
        let result = cost(input)
        return (sum(result), result.gradient)
    }

    mutating func backward(_ outputGradient: Tensor, _ cache: consuming Tensor) -> Tensor {
        reference.scaled(cache, by: outputGradient.scalars[0], plus: 0)
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {}

    private func cost(_ input: Tensor) -> CTCResult {
        ctcBatchCost(input, labels: labels, frames: frames, blank: 3)
    }

    private func sum(_ result: CTCResult) -> Tensor {
        Tensor([result.losses.reduce(0, +)], shape: [1], on: reference)
    }
}

@Test func theBatchCostHasTheGradientsOfItsDifferences() {
    let probabilities = reference.scaled(.uniform([2, 4, 4], seed: 6), by: 0.2, plus: 0.4)
    let layer = BatchCost(labels: [[0, 0], [2]], frames: [4, 2])
    #expect(gradientMismatches(of: layer, input: probabilities, step: 0.01) == [])
}

@Test func theBatchCostOfASoftmaxIsTheLossOfItsScores() {
    let scores = scores([2, 5, 4])
    let softmax = reference.activation(reference.logSoftmax(scores), .exponential)
    let labels = ctcLabels(Tensor([0, 2, 1, -1], shape: [2, 2], on: reference), counts: [2, 1])
    #expect(labels == [[0, 2], [1]])
    let cost = ctcBatchCost(softmax, labels: labels, frames: [5, 3], blank: 3)
    let loss = ctcLoss(scores, labels: labels, frames: [5, 3], blank: 3)
    #expect(largestDifference(cost.losses, loss.losses) < 1e-4)
    #expect(cost.gradient.scalars[32...].allSatisfy { $0 == 0 })
}
