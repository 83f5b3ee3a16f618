import CPU
import Neural
import Tensors
import Testing

/// A line of `keras-CTC.jsonl`; the input of Keras 2 is the softmax of the scores.
private struct CTCLine: Decodable {
    struct Scores: Decodable {
        let step: Int
        let squaredStep: Int
        let scale: Float
        let shape: [Int]
    }

    let function: String
    let versions: [Int]
    let blank: Int
    let scores: Scores
    let frames: [Int]

    let labels: [[Int]]?
    let losses: [Float]?
    let scoreGradient: [Float]?
    let probabilityGradient: [Float]?

    let strategy: String?
    let mergeRepeated: Bool?
    let beamWidth: Int?
    /// The best labelling of each sample, then the second best, and so on.
    let paths: [[[Int]]]?
    /// By sample.
    let logProbabilities: [[Float]]?

    var isOfKeras2: Bool { versions == [2] }
    var name: String {
        "\(function) \(strategy ?? "") of Keras \(versions), blank \(blank), frames \(frames)"
    }

    func tensor(on device: any Device) -> Tensor {
        let shape = Shape(scores.shape)
        let (plain, squared) = (pattern(scores.step, shape), pattern(scores.squaredStep, shape))
        let values = zip(plain.scalars, squared.scalars).map { scores.scale * ($0 + $1 * $1) }
        return Tensor(values, shape: shape, on: device)
    }

    /// The logarithm of the softmax of the scores.
    func logits(on device: any Device) -> Tensor { device.logSoftmax(tensor(on: device)) }

    func probabilities(on device: any Device) -> Tensor {
        device.activation(logits(on: device), .exponential)
    }

    /// The decoder's input, in the form of the version.
    func decoded(on device: any Device) -> CTCScores {
        isOfKeras2
            ? CTCScores(probabilities: probabilities(on: device), frames: frames, blank: blank)
            : CTCScores(tensor(on: device), frames: frames, blank: blank)
    }
}

@Suite struct KerasCTCTests {
    private let lines = Result { try kerasGoldens("CTC", of: CTCLine.self) }

    @Test(arguments: [KerasForm.fused, .fusedByOneDNN])
    func lossesAndGradientsAreThoseOfKeras(_ form: KerasForm) throws {
        var comparison = KerasComparison()
        for line in try lines.get() {
            guard let labels = line.labels, let losses = line.losses else { continue }
            let found = result(line, labels, on: form.device)
            comparison.hold(found.losses, losses, line.name)
            comparison.hold([found.scores], line.scoreGradient.map { [$0] }, "\(line.name), scores")
            guard let gradient = line.probabilityGradient, let greatest = gradient.map(abs).max() else {
                continue
            }
            // Quotients by small probabilities: compared relative to the largest.
            comparison.hold(
                found.probabilities.scalars.map { $0 / greatest }, gradient.map { $0 / greatest },
                "\(line.name), probabilities")
        }
        #expect(comparison.complaints == [], "off by \(comparison.largest) at most")
    }

    /// The losses, and the gradients of their sum for scores and, in Keras 2's form, for probabilities.
    private func result(
        _ line: CTCLine, _ labels: [[Int]], on device: any Device
    ) -> (losses: [Float], scores: Tensor, probabilities: Tensor) {
        guard line.isOfKeras2 else {
            let found = ctcLoss(
                line.tensor(on: device), labels: labels, frames: line.frames, blank: line.blank, divisor: 1)
            return (found.losses, found.gradient, found.gradient)
        }
        let (logits, probabilities) = (line.logits(on: device), line.probabilities(on: device))
        let found = ctcBatchCost(probabilities, labels: labels, frames: line.frames, blank: line.blank)
        let scores = device.logSoftmaxBackward(
            device.product(found.gradient, probabilities), output: logits)
        return (found.losses, scores, found.gradient)
    }

    @Test func greedyPathsAreThoseOfKeras() throws {
        var comparison = KerasComparison()
        for line in try lines.get() where line.strategy == "greedy" {
            let found = line.decoded(on: reference).greedyLabellings(
                mergesRepeats: line.mergeRepeated ?? true)
            #expect(found.map(\.classes) == line.paths?[0], "\(line.name)")
            let expected = zip(line.logProbabilities ?? [], normalizers(line)).map { -$0[0] - $1 }
            comparison.hold(found.map(\.logProbability), expected, line.name)
        }
        #expect(comparison.complaints == [], "off by \(comparison.largest) at most")
    }

    /// The difference between the scores that Keras 3 sums and log-probabilities.
    private func normalizers(_ line: CTCLine) -> [Float] {
        let logits = line.logits(on: reference).scalars, scores = line.tensor(on: reference).scalars
        let (time, classCount) = (line.scores.shape[1], line.scores.shape[2])
        return line.frames.enumerated().map { sample, count in
            guard !line.isOfKeras2 else { return 0 }
            let rows = (0..<count).map { (sample * time + $0) * classCount }
            return rows.reduce(0) { $0 + scores[$1] - logits[$1] }
        }
    }

    /// Keras reports the sum over the alignments that its search keeps, which is at most the probability.
    @Test func pathsOfBeamSearchAreThoseOfKerasWithTheirExactProbabilities() throws {
        var comparison = KerasComparison()
        for line in try lines.get() where line.strategy == "beam_search" {
            let paths = try #require(line.paths)
            let decoded = line.decoded(on: reference)
            let found = decoded.likeliestLabellings(paths.count, beamWidth: try #require(line.beamWidth))
            for (sample, labellings) in found.enumerated() {
                let read = labellings.map { line.isOfKeras2 ? mergingRepeats($0.classes) : $0.classes }
                #expect(read == paths.map { $0[sample] }, "\(line.name), sample \(sample)")
                let kept = try #require(line.logProbabilities?[sample])
                #expect(zip(labellings, kept).allSatisfy { $0.logProbability >= $1 - 1e-5 }, "\(line.name)")
            }
            for rank in paths.indices {
                let losses = ctcLoss(
                    decoded.scores, labels: found.map { $0[rank].classes }, frames: line.frames,
                    blank: line.blank
                ).losses
                comparison.hold(found.map { -$0[rank].logProbability }, losses, line.name)
            }
        }
        #expect(comparison.complaints == [], "off by \(comparison.largest) at most")
    }

    /// Keras 2 merges the repeats of a path once more.
    private func mergingRepeats(_ classes: [Int]) -> [Int] {
        classes.indices.filter { $0 == 0 || classes[$0] != classes[$0 - 1] }.map { classes[$0] }
    }
}
