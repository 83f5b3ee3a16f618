/// The kernels of sequences with their checks; see the requirements of the same names.
extension Device {
    /// `input · kernel + bias` over the last axis, for `kernel` `[input × output]`.
    public func linear(_ input: Tensor, kernel: Tensor, bias: Tensor) -> Tensor {
        linear(
            input, kernel: kernel, bias: bias,
            .linear(input.shape, kernel: kernel.shape, bias: bias.shape))
    }

    /// The gradients of `linear`.
    public func linearBackward(_ outputGradient: Tensor, input: Tensor, kernel: Tensor) -> LinearGradients {
        linearBackward(
            outputGradient, input: input, kernel: kernel,
            .linearGradient(outputGradient.shape, input: input.shape, kernel: kernel.shape))
    }

    /// The outputs and final states of a recurrence; see ``Recurrence``.
    public func recurrence(
        _ input: RecurrentInput, _ weights: RecurrentWeights, _ recurrence: Recurrence
    ) -> RecurrentOutput {
        self.recurrence(input, weights, recurrence, .recurrence(input, weights, recurrence))
    }

    /// As `recurrence`, with a workspace for the backward pass.
    public func recurrenceForward(
        _ input: RecurrentInput, _ weights: RecurrentWeights, _ recurrence: Recurrence
    ) -> (output: RecurrentOutput, workspace: Workspace) {
        let found = recurrenceForward(
            input, weights, recurrence, .recurrence(input, weights, recurrence))
        return (found.output, Workspace(found.contents, of: input.pass(weights, recurrence), on: self))
    }

    /// The gradients of `recurrenceForward`, from those of its outputs and final states. Missing gradients of the
    /// states count as zeros. What is masked reaches no gradient, not even as NaN.
    public func recurrenceBackward(
        _ gradient: RecurrentOutput, input: RecurrentInput, output: RecurrentOutput,
        _ weights: RecurrentWeights, _ recurrence: Recurrence, _ workspace: Workspace
    ) -> RecurrentGradients {
        let checked = Checked.recurrenceGradient(
            gradient, input: input, output: output, weights, recurrence)
        return recurrenceBackward(
            gradient, input: input.clearingMaskedSteps(), output: output, weights, recurrence,
            workspace.contents(for: input.pass(weights, recurrence), on: self), checked)
    }

    /// The logarithm of the softmax over the last axis.
    public func logSoftmax(_ input: Tensor) -> Tensor { logSoftmax(input, .softmax(input.shape)) }

    /// The gradient of `logSoftmax`, from its output.
    public func logSoftmaxBackward(_ outputGradient: Tensor, output: Tensor) -> Tensor {
        logSoftmaxBackward(
            outputGradient, output: output, .softmaxGradient(outputGradient.shape, output: output.shape))
    }

    /// The loss −log softmax(scores)[label], in nats, of each row of scores `[… × classes]`, and the gradient of the
    /// sum of all losses divided by `divisor`.
    public func crossEntropy(
        _ scores: Tensor, labels: [Int?], divisor: Float
    ) -> (losses: [Float], gradient: Tensor) {
        crossEntropy(
            scores, labels: labels, divisor: divisor, .crossEntropy(scores.shape, labels: labels))
    }

    /// The gradient of `logarithm`, from its output.
    public func logarithmBackward(_ outputGradient: Tensor, output: Tensor) -> Tensor {
        logarithmBackward(
            outputGradient, output: output, .gradient(outputGradient.shape, ofOutput: output.shape))
    }

    /// The CTC loss of scores `[batch × time × classes]` before softmax, and the gradient of the sum of all losses
    /// divided by `divisor`; see ``CTCResult``. Only the first `frames[i]` frames of sample i are used; by default, all.
    public func ctcLoss(
        _ scores: Tensor, labels: [[Int]], frames: [Int]? = nil, blank: Int, divisor: Float
    ) -> CTCResult {
        let checked = Checked.ctc(scores.shape, labels: labels, frames: frames, blank: blank)
        return ctcLoss(
            scores, labels: labels, frames: frames ?? labels.map { _ in scores.shape[1] }, blank: blank,
            divisor: divisor, checked)
    }
}

extension RecurrentInput {
    fileprivate func pass(_ weights: RecurrentWeights, _ recurrence: Recurrence) -> Workspace.Pass {
        .recurrence(sequence.shape, units: weights.units, recurrence)
    }
}
