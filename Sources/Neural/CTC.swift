public import Tensors

/// Connectionist temporal classification (Graves, Fernández, Gomez, Schmidhuber 2006): the loss of a sequence of
/// labels against frames of scores, summed over all alignments in log space.
///
/// - Parameters:
///   - scores: `[batch × time × classes]`, before softmax.
///   - labels: The class indices of each sample's text, without blanks.
///   - frames: How many of its first frames each sample fills; all unless given. What follows is not read, so that
///     a padded sample has the loss and gradient that it has alone.
///   - blank: The class that separates and fills.
///   - divisor: What the gradient's sum of losses is divided by; the batch size unless given.
/// - Returns: −log p(label) per sample in nats, infinite where ``framesNeeded(for:)`` exceeds the frames, and the
///   gradient for the scores, which is zero for such a sample and in frames that are not read.
public func ctcLoss(
    _ scores: Tensor, labels: [[Int]], frames: [Int]? = nil, blank: Int, divisor: Float? = nil
) -> CTCResult {
    scores.device.ctcLoss(
        scores, labels: labels, frames: frames, blank: blank, divisor: divisor ?? Float(labels.count))
}

/// The loss of a network that ends in a softmax, after Keras 2's `ctc_batch_cost`: that of the scores
/// log(p + 10⁻⁷).
///
/// - Parameters:
///   - probabilities: `[batch × time × classes]`, at least zero.
///   - labels: The class indices of each sample's text, without blanks; see ``ctcLabels(_:counts:)``.
///   - frames: How many of its first frames each sample fills; all unless given.
///   - blank: The class that separates and fills; the last one in Keras 2.
/// - Returns: The losses as ``ctcLoss(_:labels:frames:blank:divisor:)`` has them, and the gradient of their sum for
///   the probabilities.
public func ctcBatchCost(
    _ probabilities: Tensor, labels: [[Int]], frames: [Int]? = nil, blank: Int
) -> CTCResult {
    let device = probabilities.device
    let scores = device.logarithm(probabilities, plus: leastProbability)
    var result = ctcLoss(scores, labels: labels, frames: frames, blank: blank, divisor: 1)
    result.gradient = device.logarithmBackward(result.gradient, output: scores)
    return result
}

/// What Keras adds to probabilities before it takes their logarithm.
let leastProbability: Float = 1e-7

/// The labels in a padded table, as Keras' functions take them.
///
/// - Parameters:
///   - table: `[batch × longest]`, of class indices.
///   - counts: How many symbols each label has.
public func ctcLabels(_ table: Tensor, counts: [Int]) -> [[Int]] {
    precondition(
        table.shape.rank == 2 && counts.count == table.shape[0]
            && counts.allSatisfy { 0...table.shape[1] ~= $0 },
        "labels of \(counts) symbols in a table \(table.shape)")
    let (indices, width) = (table.scalars, table.shape[1])
    return counts.enumerated().map { row, count in
        indices[row * width..<row * width + count].map { Int($0) }
    }
}

/// The least number of frames that can carry a label: one per symbol and one blank between equal neighbours.
public func framesNeeded(for label: [Int]) -> Int {
    label.count + zip(label, label.dropFirst()).count { $0 == $1 }
}
