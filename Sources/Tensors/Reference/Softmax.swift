import Foundation

extension Device {
    /// The logarithm of the softmax over the last axis.
    public func logSoftmax(_ input: Tensor, _: Checked) -> Tensor {
        Tensor(logSoftmaxRows(input.scalars, classCount: input.shape.last), shape: input.shape, like: input)
    }

    /// The gradient of `logSoftmax`, from its output: `dx = dy − softmax · Σ dy`.
    public func logSoftmaxBackward(_ outputGradient: Tensor, output: Tensor, _: Checked) -> Tensor {
        let classCount = output.shape.last
        let y = output.scalars
        var dx = outputGradient.scalars
        for start in stride(from: 0, to: y.count, by: classCount) {
            let total = dx[start..<start + classCount].reduce(0, +)
            for index in start..<start + classCount { dx[index] -= exp(y[index]) * total }
        }
        return Tensor(dx, shape: output.shape, like: output)
    }

    /// The logarithm of `input + shift`.
    public func logarithm(_ input: Tensor, plus shift: Float) -> Tensor {
        Tensor(input.scalars.map { log($0 + shift) }, shape: input.shape, like: input)
    }

    /// The gradient of `logarithm`, from its output: `dx = dy / (x + shift) = dy · e⁻ʸ`.
    public func logarithmBackward(_ outputGradient: Tensor, output: Tensor, _: Checked) -> Tensor {
        combined(outputGradient, output) { $0 * exp(-$1) }
    }
}

extension Device {
    /// The loss −log softmax(scores)[label], in nats, of each row of scores `[… × classes]`, and the gradient of the
    /// sum of all losses divided by `divisor`. Both are zero for a row without a label. The gradient is (softmax − 1 at
    /// the label) / divisor.
    public func crossEntropy(
        _ scores: Tensor, labels: [Int?], divisor: Float, _: Checked
    ) -> (losses: [Float], gradient: Tensor) {
        let classCount = scores.shape.last
        let logits = logSoftmax(scores).scalars
        var losses = [Float](repeating: 0, count: labels.count)
        var gradient = [Float](repeating: 0, count: logits.count)
        for (row, label) in labels.enumerated() {
            guard let label else { continue }
            let start = row * classCount
            losses[row] = -logits[start + label]
            for index in start..<start + classCount { gradient[index] = exp(logits[index]) / divisor }
            gradient[start + label] -= 1 / divisor
        }
        return (losses, Tensor(gradient, shape: scores.shape, like: scores))
    }
}

/// The logarithm of the softmax of each row of `classCount` scalars. The largest scalar is subtracted first, so that
/// an offset of a row costs no digits.
func logSoftmaxRows(_ scores: [Float], classCount: Int) -> [Float] {
    var result = scores
    for start in stride(from: 0, to: scores.count, by: classCount) {
        let row = start..<start + classCount
        let largest = scores[row].max() ?? 0
        var sum: Float = 0
        for index in row { result[index] -= largest }
        for index in row { sum += exp(result[index]) }
        let logarithm = log(sum)
        for index in row { result[index] -= logarithm }
    }
    return result
}
