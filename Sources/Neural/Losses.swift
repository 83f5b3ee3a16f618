public import Tensors

/// The cross-entropy of a softmax: how many nats each row's label costs, −log softmax(scores)[label].
///
/// - Parameters:
///   - scores: `[… × classes]`, before softmax.
///   - labels: The class of each row of scores, in row-major order: `[batch × time]` for a
///     sequence. A row whose label is nil, such as padding, counts for nothing.
///   - divisor: What the gradient's sum of losses is divided by; the number of labels unless given.
/// - Returns: The loss of each row, zero without a label; and the gradient for the scores,
///   (softmax(scores) − 1 at the label) / divisor, zero for a row without a label.
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
///   - targets: What they should be, of the same shape.
/// - Returns: The mean, and its gradient for the predictions, 2 · (prediction − target) / count.
public func meanSquaredError(_ predictions: Tensor, targets: Tensor) -> (loss: Float, gradient: Tensor) {
    let (device, count) = (predictions.device, Float(max(1, predictions.shape.count)))
    let differences = device.difference(predictions, targets)
    return (
        Float(device.squaredNorm(differences)) / count, device.scaled(differences, by: 2 / count, plus: 0)
    )
}
