internal import Requirements

extension Checked {
    /// An input `[… × features]`, a kernel `[features × outputs]` and a bias of as many scalars as outputs.
    static func linear(_ input: Shape, kernel: Shape, bias: Shape) -> Checked {
        _ = linear(input, kernel: kernel)
        require(bias.count == kernel[1], "a bias \(bias) to a kernel \(kernel)")
        return Checked()
    }

    /// A gradient `[… × outputs]` of a linear map.
    static func linearGradient(_ gradient: Shape, input: Shape, kernel: Shape) -> Checked {
        _ = linear(input, kernel: kernel)
        return .gradient(gradient, ofOutput: input.replacingLast(with: kernel[1]))
    }

    private static func linear(_ input: Shape, kernel: Shape) -> Checked {
        require(
            kernel.rank == 2 && input.rank > 0 && input.last == kernel[0],
            "linear map of \(input) by a kernel \(kernel)")
        return Checked()
    }

    /// A sequence `[batch × time × features]` with its mask, states and weights.
    static func recurrence(
        _ input: RecurrentInput, _ weights: RecurrentWeights, _ recurrence: Recurrence
    ) -> Checked {
        recurrence.check(input, weights)
        return Checked()
    }

    /// An output of a recurrence, and gradients of its shapes.
    static func recurrenceGradient(
        _ gradient: RecurrentOutput, input: RecurrentInput, output: RecurrentOutput,
        _ weights: RecurrentWeights, _ recurrence: Recurrence
    ) -> Checked {
        recurrence.check(input, weights)
        recurrence.check(output, "outputs", for: input, weights)
        recurrence.check(gradient, "gradients of outputs", for: input, weights)
        return Checked()
    }

    /// Rows of at least one class.
    static func softmax(_ scores: Shape) -> Checked {
        require(scores.last > 0, "a softmax over the last axis of \(scores), which has no classes")
        return Checked()
    }

    /// A gradient of rows of at least one class.
    static func softmaxGradient(_ gradient: Shape, output: Shape) -> Checked {
        _ = softmax(output)
        return .gradient(gradient, ofOutput: output)
    }

    /// A class, or nil, for each row of scores `[… × classes]`.
    static func crossEntropy(_ scores: Shape, labels: [Int?]) -> Checked {
        _ = softmax(scores)
        require(labels.count == scores.rows, "\(labels.count) labels for scores \(scores)")
        let unfit = labels.lazy.compactMap { $0 }.first { !(0..<scores.last ~= $0) }
        require(unfit == nil, "label \(unfit ?? 0) among \(scores.last) classes")
        return Checked()
    }

    /// Scores `[batch × time × classes]`, a label without blanks and a number of frames for each sample.
    static func ctc(_ scores: Shape, labels: [[Int]], frames: [Int]?, blank: Int) -> Checked {
        checkCTCFrames(frames, of: scores, blank: blank)
        require(labels.count == scores[0], "\(labels.count) labels for \(scores[0]) samples")
        let classCount = scores[2]
        let unfit = labels.first { !$0.allSatisfy { $0 != blank && 0..<classCount ~= $0 } }
        require(unfit == nil, "label \(unfit ?? []) with blank \(blank) among \(classCount) classes")
        return Checked()
    }
}

/// Traps unless scores are `[batch × time × classes]` with the blank among the classes, and `frames` has a number of
/// frames for each sample.
package func checkCTCFrames(_ frames: [Int]?, of scores: Shape, blank: Int) {
    require(
        scores.rank == 3 && 0..<scores[2] ~= blank,
        "scores are [batch × time × classes] with the blank among the classes, not \(scores) with \(blank)")
    let (batch, time) = (scores[0], scores[1])
    guard let frames else { return }
    require(
        frames.count == batch && frames.allSatisfy { 0...time ~= $0 },
        "\(frames) of \(time) frames for \(batch) samples")
}
