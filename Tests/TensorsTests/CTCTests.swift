import Foundation
import Tensors
import TestSupport
import Testing

private let device = ReferenceDevice()

/// −log of the summed probability of all alignments of `label`, and its gradient: softmax minus the expected
/// count of each class in each frame.
private func bruteForce(_ scores: [Float], time: Int, classCount: Int, _ label: [Int]) -> (Double, [Float]) {
    var softmax = scores.map { exp(Double($0)) }
    for t in 0..<time {
        let sum = softmax[t * classCount..<(t + 1) * classCount].reduce(0, +)
        for k in 0..<classCount { softmax[t * classCount + k] /= sum }
    }
    var total = 0.0, counts = [Double](repeating: 0, count: scores.count)
    for path in alignments(time: time, classCount: classCount) where collapsed(path) == label {
        let probability = path.enumerated().reduce(1) { $0 * softmax[$1.offset * classCount + $1.element] }
        total += probability
        for (t, k) in path.enumerated() { counts[t * classCount + k] += probability }
    }
    return (-log(total), zip(softmax, counts).map { Float($0 - $1 / total) })
}

/// Empty, one, several, repeated, as long as the frames, and as long as the frames with repeats.
@Test(arguments: [[], [1], [2, 1], [1, 1], [1, 2, 1], [2, 2, 1], [1, 2, 1, 2], [1, 1, 1]])
func ctcSumsOverAllAlignments(_ label: [Int]) {
    for time in max(1, label.count + zip(label, label.dropFirst()).count { $0 == $1 })...6 {
        let scores = wave([1, time, 3], seed: Double(time)).map { 3 * $0 }
        let (loss, gradient) = bruteForce(scores, time: time, classCount: 3, label)
        let found = device.ctcLoss(
            Tensor(scores, shape: [1, time, 3], on: device), labels: [label], blank: 0, divisor: 1)
        #expect(abs(Double(found.losses[0]) - loss) < 1e-5, "\(time) frames")
        #expect(relativeDifference(found.gradient.scalars, gradient) < 1e-5, "\(time) frames")
    }
}

@Test(arguments: [([1, 2, 1], 2), ([1, 1], 2), ([2], 0), ([1, 1, 1], 4)])
func aLabelThatCannotFitHasInfiniteLossAndNoGradient(_ label: [Int], _ time: Int) {
    let scores = Tensor.wave([1, time, 3], on: device)
    let found = device.ctcLoss(scores, labels: [label], blank: 0, divisor: 1)
    #expect(found.losses == [.infinity])
    #expect(found.gradient.scalars == [Float](repeating: 0, count: time * 3))
}

@Test func anyClassMayBeTheBlank() {
    let scores = wave([1, 4, 3])
    let swapped = stride(from: 0, to: 12, by: 3).flatMap { [scores[$0 + 2], scores[$0 + 1], scores[$0]] }
    let first = device.ctcLoss(
        Tensor(scores, shape: [1, 4, 3], on: device), labels: [[1, 2]], blank: 0, divisor: 1)
    let last = device.ctcLoss(
        Tensor(swapped, shape: [1, 4, 3], on: device), labels: [[1, 0]], blank: 2, divisor: 1)
    #expect(abs(first.losses[0] - last.losses[0]) < 1e-6)
}

@Test func extremeScoresGiveFiniteLosses() {
    let scores = (0..<12).map { $0 % 3 == 0 ? Float(1e4) : -1e4 }
    let found = device.ctcLoss(
        Tensor(scores, shape: [1, 4, 3], on: device), labels: [[1, 2]], blank: 0, divisor: 1)
    #expect(found.losses.allSatisfy { $0.isFinite && $0 > 1e4 })
    #expect(found.gradient.scalars.allSatisfy { $0.isFinite })
}

@Test func samplesOfABatchAreIndependent() {
    let scores = wave([2, 5, 4])
    let both = device.ctcLoss(
        Tensor(scores, shape: [2, 5, 4], on: device), labels: [[1], [2, 3]], blank: 0, divisor: 2)
    let second = device.ctcLoss(
        Tensor(Array(scores.suffix(20)), shape: [1, 5, 4], on: device), labels: [[2, 3]], blank: 0, divisor: 2
    )
    #expect(both.losses[1] == second.losses[0])
    #expect(Array(both.gradient.scalars.suffix(20)) == second.gradient.scalars)
}

/// Frames of padding, one sample without any, and one that fills all.
@Test func aPaddedSampleHasTheLossAndGradientThatItHasAlone() {
    let scores = wave([4, 5, 3]), frames = [3, 5, 0, 1], labels = [[1, 1], [2, 1], [], [2]]
    let together = device.ctcLoss(
        Tensor(scores, shape: [4, 5, 3], on: device), labels: labels, frames: frames, blank: 0, divisor: 1)
    for (sample, count) in frames.enumerated() {
        let rows = Array(scores[sample * 15..<sample * 15 + count * 3])
        let alone = device.ctcLoss(
            Tensor(rows, shape: [1, count, 3], on: device), labels: [labels[sample]], blank: 0, divisor: 1)
        #expect(together.losses[sample] == alone.losses[0])
        let padding = [Float](repeating: 0, count: (5 - count) * 3)
        let gradient = together.gradient.scalars[sample * 15..<(sample + 1) * 15]
        #expect(Array(gradient) == alone.gradient.scalars + padding)
    }
    #expect(together.losses[2] == 0)
}

@Test func paddingIsNeverRead() {
    let scores: [Float] = [0, 1, 2, .nan, .nan, .nan]
    let found = device.ctcLoss(
        Tensor(scores, shape: [1, 2, 3], on: device), labels: [[1]], frames: [1], blank: 0, divisor: 1)
    #expect(found.losses[0].isFinite && found.gradient.scalars.allSatisfy { $0.isFinite })
}

@Test func noFramesCarryTheEmptyLabelAlone() {
    let found = device.ctcLoss(
        Tensor.wave([2, 3, 3], on: device), labels: [[], [1]], frames: [0, 0], blank: 0, divisor: 1)
    #expect(found.losses == [0, .infinity])
}

/// Values of PyTorch 2.13.
@Test(arguments: [Float(0), 1e4, 1e5])
func anOffsetOfAllScoresCostsNoDigits(_ offset: Float) {
    let scores = Tensor(
        [0.25, 0.5, 0.125, 0.75, -0.5, 0.25].map { $0 + offset }, shape: [1, 2, 3], on: device)
    let found = device.ctcLoss(scores, labels: [[1]], blank: 0, divisor: 1)
    #expect(relativeDifference(found.losses, [1.128_947_6]) < 2e-7)
    let gradient: [Float] = [0.167_999_8, -0.446_695_8, 0.278_696, -0.134_159_7, -0.186_241_4, 0.320_401_1]
    #expect(relativeDifference(found.gradient.scalars, gradient) < 5e-7)
    let losses = device.crossEntropy(scores, labels: [1, 0], divisor: 1).losses
    #expect(relativeDifference(losses, [0.902_633_9, 0.638_181_6]) < 2e-7)
    let logits: [Float] = [
        -1.152_633_9, -0.902_633_9, -1.277_633_9, -0.638_181_6, -1.888_181_6, -1.138_181_6,
    ]
    #expect(relativeDifference(device.logSoftmax(scores).scalars, logits) < 2e-7)
}
