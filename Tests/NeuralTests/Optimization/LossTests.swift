import Foundation
import Neural
import Tensors
import TestSupport
import Testing

/// The losses of all rows as a layer over their scores.
private struct CrossEntropyLosses: Layer {
    let labels: [Int?]

    func outputShape(for input: Shape) -> Shape { [labels.count] }

    func callAsFunction(_ input: Tensor) -> Tensor { losses(of: crossEntropy(input, labels: labels).losses) }

    mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Tensor) {
        let result = crossEntropy(input, labels: labels, divisor: 1)
        return (losses(of: result.losses), result.gradient)
    }

    /// The gradient of each row times that of its loss.
    mutating func backward(_ outputGradient: Tensor, _ cache: consuming Tensor) -> Tensor {
        let factors = outputGradient.scalars, shape = cache.shape
        let scaled = cache.scalars.enumerated().map { $1 * factors[$0 / shape.last] }
        return Tensor(scaled, shape: shape, on: reference)
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {}

    private func losses(of rows: [Float]) -> Tensor { Tensor(rows, shape: [labels.count], on: reference) }
}

/// The mean squared error as a layer over its predictions.
private struct SquaredError: Layer {
    let targets: Tensor

    func outputShape(for input: Shape) -> Shape { [1] }

    func callAsFunction(_ input: Tensor) -> Tensor { scalar(meanSquaredError(input, targets: targets).loss) }

    mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Tensor) {
        let result = meanSquaredError(input, targets: targets)
        return (scalar(result.loss), result.gradient)
    }

    mutating func backward(_ outputGradient: Tensor, _ cache: consuming Tensor) -> Tensor {
        reference.scaled(cache, by: outputGradient.scalars[0], plus: 0)
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {}

    private func scalar(_ value: Float) -> Tensor { Tensor([value], shape: [1], on: reference) }
}

/// One row, several, all labels, a row without one, none at all, one class.
@Test(arguments: [([0], 3), ([2, 0, 1], 3), ([1, nil, 1, 0], 2), ([nil, nil], 4), ([0, 0], 1)])
func crossEntropyGradientsAgreeWithDifferences(_ labels: [Int?], _ classCount: Int) {
    let scores = Tensor.uniform([labels.count, classCount], seed: 3)
    #expect(gradientMismatches(of: CrossEntropyLosses(labels: labels), input: scores) == [])
}

@Test func aCertainRowCostsNothingAndAnEvenOneTheLogarithmOfItsClasses() {
    let scores = Tensor([0, 0, 0, 0, 50, 0, 0, 0], shape: [1, 2, 4], on: reference)
    let losses = crossEntropy(scores, labels: [3, 0]).losses
    #expect(largestDifference(losses, [log(4), 0]) < 1e-6)
}

@Test func hugeScoresKeepTheirLossFinite() {
    let scores = Tensor([1e4, -1e4], shape: [1, 2], on: reference)
    let result = crossEntropy(scores, labels: [1])
    #expect(result.losses == [2e4])
    #expect(result.gradient.scalars == [1, -1])
}

@Test func rowsWithoutALabelCountForNothing() {
    let scores = Tensor.uniform([2, 2, 3], seed: 5)
    let all = crossEntropy(scores, labels: [0, 1, 2, 0], divisor: 1)
    let some = crossEntropy(scores, labels: [0, nil, 2, nil])
    #expect(some.losses == [all.losses[0], 0, all.losses[2], 0])
    let halves = all.gradient.scalars.map { $0 / 2 }
    let expected = [0, 2].map { Array(halves[3 * $0..<3 * $0 + 3]) + [0, 0, 0] }.flatMap { $0 }
    #expect(largestDifference(some.gradient.scalars, expected) < 1e-7)
}

@Test func scoresThatAreNoNumbersGiveNoLossEither() {
    let scores = Tensor([.nan, 0, 1, 2], shape: [2, 2], on: reference)
    let losses = crossEntropy(scores, labels: [1, 1]).losses
    #expect(losses[0].isNaN && losses[1].isFinite)
}

@Test func squaredErrorGradientsAgreeWithDifferences() {
    for shape: Shape in [[1], [2, 3], [2, 2, 2, 1]] {
        let layer = SquaredError(targets: .uniform(shape, seed: 6))
        #expect(gradientMismatches(of: layer, input: .uniform(shape, seed: 7)) == [])
    }
}

@Test func theSquaredErrorIsTheMeanOfAllSquares() {
    let predictions = Tensor([1, 2, 3, 4], shape: [2, 2], on: reference)
    let targets = Tensor([1, 0, 3, 5], shape: [2, 2], on: reference)
    #expect(meanSquaredError(predictions, targets: targets).loss == 1.25)
    #expect(meanSquaredError(predictions, targets: targets).gradient.scalars == [0, 1, 0, -0.5])
}
