public import Tensors

/// The cross-entropy of a softmax in nats: −log softmax(scores)[label] for each row.
///
/// - Parameters:
///   - scores: `[… × classes]`, before softmax.
///   - labels: The class of each row of scores, in row-major order: `[batch × time]` for a sequence. A row with a nil
///     label, such as padding, is ignored.
///   - divisor: The gradient is that of the sum of losses divided by this; by default, the number of labels.
/// - Returns: The loss of each row and the gradient for the scores, (softmax(scores) − 1 at the label) / divisor. Both
///   are zero for a row without a label.
public func crossEntropy(
    _ scores: Tensor, labels: [Int?], divisor: Float? = nil
) -> (losses: [Float], gradient: Tensor) {
    let count = Float(max(1, labels.count { $0 != nil }))
    return scores.device.crossEntropy(scores, labels: labels, divisor: divisor ?? count)
}

/// The mean of the squared differences of all scalars.
///
/// - Parameters:
///   - predictions: Of any shape.
///   - targets: The desired values, of the same shape.
/// - Returns: The mean, and its gradient for the predictions, 2 · (prediction − target) / count.
public func meanSquaredError(_ predictions: Tensor, targets: Tensor) -> (loss: Float, gradient: Tensor) {
    let count = Float(max(1, predictions.shape.count))
    let differences = predictions - targets
    return (Float(differences.device.squaredNorm(differences)) / count, 2 / count * differences)
}
