import Foundation
import Neural
import Tensors
import TestSupport
import Testing

private func scores(_ shape: Shape, seed: Double = 0) -> Tensor {
    Tensor(wave(shape, seed: seed).map { 3 * $0 }, shape: shape, on: reference)
}

/// The first `time` frames of one sample.
private func probabilities(_ scores: Tensor, _ sample: Int, time: Int) -> [[Double]] {
    let rows = reference.logSoftmax(scores.sample(sample, steps: time)).scalars
    return (0..<time).map { frame in
        rows[frame * scores.shape[2]..<(frame + 1) * scores.shape[2]].map { exp(Double($0)) }
    }
}

/// The probability of every labelling: the sum over its alignments.
private func labellings(_ probabilities: [[Double]], classCount: Int, blank: Int) -> [[Int]: Double] {
    alignments(time: probabilities.count, classCount: classCount).reduce(into: [:]) { found, path in
        found[collapsed(path, blank: blank), default: 0] += zip(probabilities, path).reduce(1) {
            $0 * $1.0[$1.1]
        }
    }
}

@Test(arguments: [0, 1, 2], [1, 2, 5])
func aWideBeamFindsEveryLabellingWithTheSumOverItsAlignments(_ blank: Int, _ time: Int) {
    let scores = scores([2, time, 3], seed: Double(time))
    let found = CTCScores(scores, blank: blank).likeliestLabellings(300, beamWidth: 300)
    for sample in 0..<2 {
        let expected = labellings(probabilities(scores, sample, time: time), classCount: 3, blank: blank)
        #expect(found[sample].count == expected.count)
        for labelling in found[sample] {
            let probability = expected[labelling.classes] ?? -1
            #expect(abs(exp(Double(labelling.logProbability)) - probability) < 1e-6, "\(labelling.classes)")
        }
        let ranks = found[sample].map(\.logProbability)
        #expect(ranks == ranks.sorted(by: >))
    }
}

@Test func logProbabilitiesAreThoseOfTheLoss() {
    let scores = scores([3, 7, 4])
    let found = CTCScores(scores, blank: 3).likeliestLabellings(beamWidth: 5000).map { $0[0] }
    let losses = ctcLoss(scores, labels: found.map(\.classes), blank: 3).losses
    #expect(largestDifference(found.map { -$0.logProbability }, losses) < 1e-5)
}

/// Two frames, each the blank with 0.6 and a symbol with 0.4: the best path is empty with 0.36, but the symbol has
/// 0.64 over its three alignments (Graves 2012, figure 7.4).
@Test func theLikeliestLabellingIsNotThatOfTheBestPath() {
    let scores = CTCScores(
        probabilities: Tensor([0.6, 0.4, 0.6, 0.4], shape: [1, 2, 2], on: reference), blank: 0)
    let greedy = scores.greedyLabellings()[0], best = scores.likeliestLabellings(2)[0]
    #expect(greedy.classes == [] && abs(greedy.logProbability - log(0.36)) < 1e-5)
    #expect(best.map(\.classes) == [[1], []])
    #expect(largestDifference(best.map(\.logProbability), [log(0.64), log(0.36)]) < 1e-5)
}

/// After the first frame, a beam of width 1 keeps only the empty prefix, and so follows one of the three alignments of
/// class 2; the probability is that of all three.
@Test func aNarrowBeamKeepsTheLikeliestPrefixes() {
    let rows: [Float] = [0.5, 0.3, 0.2, 0.2, 0.3, 0.5]
    let scores = CTCScores(probabilities: Tensor(rows, shape: [1, 2, 3], on: reference), blank: 0)
    let narrow = scores.likeliestLabellings(1, beamWidth: 1)[0]
    #expect(narrow.map(\.classes) == [[2]])
    #expect(abs(narrow[0].logProbability - log(0.5 * 0.5 + 0.2 * 0.5 + 0.2 * 0.2)) < 1e-5)
    let wide = scores.likeliestLabellings(1, beamWidth: 9)[0]
    #expect(wide.map(\.classes) == [[2]])
    #expect(abs(wide[0].logProbability - log(0.5 * 0.5 + 0.2 * 0.5 + 0.2 * 0.2)) < 1e-5)
}

/// A prefix that is discarded and found again is the same prefix for its extensions. Pruning loses up to 1.8 nats of
/// such a prefix, which the reported probabilities do not show.
@Test(arguments: [2, 3, 4, 6])
func aPrunedBeamReportsDistinctLabellingsWithTheirLosses(_ width: Int) {
    for seed in 0..<20 {
        let scores = scores([1, 12, 4], seed: Double(seed))
        let found = CTCScores(scores, blank: 0).likeliestLabellings(width, beamWidth: width)[0]
        #expect(Set(found.map(\.classes)).count == found.count)
        let losses = found.map { ctcLoss(scores, labels: [$0.classes], blank: 0).losses[0] }
        #expect(largestDifference(found.map { -$0.logProbability }, losses) < 1e-5)
        #expect(losses == losses.sorted())
    }
}

@Test(arguments: [([1, 1, 0, 1, 2, 2], [1, 1, 2], [1, 1, 1, 2, 2]), ([0, 0], [], []), ([2], [2], [2])])
func greedyLabellingsMergeRepeatsUnlessToldOtherwise(_ path: [Int], _ merged: [Int], _ unmerged: [Int]) {
    let rows = path.flatMap { winner in (0..<3).map { $0 == winner ? Float(0.8) : 0.1 } }
    let scores = CTCScores(
        probabilities: Tensor(rows, shape: [1, path.count, 3], on: reference), blank: 0)
    let labelling = scores.greedyLabellings()[0]
    #expect(labelling.classes == merged)
    #expect(abs(labelling.logProbability - Float(path.count) * log(0.8)) < 1e-5)
    #expect(scores.greedyLabellings(mergesRepeats: false)[0].classes == unmerged)
}

@Test func runsKnowTheirFramesAndTheirGreatestScore() {
    let rows: [Float] = [0, 5, 1, 0, 7, 1, 9, 0, 0, 0, 3, 1, 0, 1, 4]
    let paths = CTCScores(Tensor(rows, shape: [1, 5, 3], on: reference), blank: 0).bestPaths()
    #expect(paths[0].map(\.index) == [1, 1, 2])
    #expect(paths[0].map(\.score) == [7, 3, 4])
    #expect(paths[0].map(\.frames) == [0..<2, 3..<4, 4..<5])
}

@Test func paddedSamplesSayWhatTheySayAlone() {
    let scores = scores([3, 6, 4]), frames = [6, 0, 3]
    let together = CTCScores(scores, frames: frames, blank: 1)
    for (sample, count) in frames.enumerated() {
        let alone = CTCScores(scores.sample(sample, steps: count), blank: 1)
        #expect(together.bestPaths()[sample] == alone.bestPaths()[0])
        #expect(together.greedyLabellings()[sample] == alone.greedyLabellings()[0])
        #expect(together.likeliestLabellings(5)[sample] == alone.likeliestLabellings(5)[0])
    }
    #expect(together.likeliestLabellings(5)[1] == [CTCLabelling([], logProbability: 0)])
    #expect(together.greedyLabellings()[1] == CTCLabelling([], logProbability: 0))
}

@Test func fewerLabellingsAreGivenWhereFewerArePossible() {
    let certain = Tensor([0, -.infinity, 0, -.infinity], shape: [1, 2, 2], on: reference)
    #expect(CTCScores(certain, blank: 0).likeliestLabellings(3) == [[CTCLabelling([], logProbability: 0)]])
    let broken = Tensor(repeating: .nan, shape: [1, 2, 2], on: reference)
    #expect(CTCScores(broken, blank: 0).likeliestLabellings(3) == [[]])
    #expect(CTCScores(certain, blank: 0).likeliestLabellings(0) == [[]])
}
