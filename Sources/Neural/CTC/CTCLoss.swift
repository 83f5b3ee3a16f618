internal import Requirements
public import Tensors

/// The loss of connectionist temporal classification (Graves, Fernández, Gomez, Schmidhuber 2006): −log p(label),
/// summed over all alignments of the label with the frames, in log space.
///
/// - Parameters:
///   - scores: `[batch × time × classes]`, before softmax.
///   - labels: The class indices of each sample's text, without blanks.
///   - frames: Only the first `frames[i]` frames of sample i are used; by default, all. A padded sample has the loss
///     and gradient that it has alone.
///   - blank: The class of the blank.
///   - divisor: The gradient is that of the sum of losses divided by this; by default, the batch size.
/// - Returns: The losses in nats and the gradient for the scores. If ``framesNeeded(for:)`` exceeds the frames, the
///   loss is infinite and the gradient zero. The gradient is zero in unused frames, too.
public func ctcLoss(
    _ scores: Tensor, labels: [[Int]], frames: [Int]? = nil, blank: Int, divisor: Float? = nil
) -> CTCResult {
    scores.device.ctcLoss(
        scores, labels: labels, frames: frames, blank: blank, divisor: divisor ?? Float(labels.count))
}

/// The CTC loss of a network that ends in a softmax, after Keras 2's `ctc_batch_cost`: the loss of the scores
/// log(p + 10⁻⁷).
///
/// - Parameters:
///   - probabilities: `[batch × time × classes]`, at least zero.
///   - labels: The class indices of each sample's text, without blanks; see ``ctcLabels(_:counts:)``.
///   - frames: Only the first `frames[i]` frames of sample i are used; by default, all.
///   - blank: The class of the blank; the last one in Keras 2.
/// - Returns: The losses of ``ctcLoss(_:labels:frames:blank:divisor:)``, and the gradient of their sum for the
///   probabilities.
public func ctcBatchCost(
    _ probabilities: Tensor, labels: [[Int]], frames: [Int]? = nil, blank: Int
) -> CTCResult {
    let device = probabilities.device
    let scores = device.logarithm(probabilities, plus: leastProbability)
    var result = ctcLoss(scores, labels: labels, frames: frames, blank: blank, divisor: 1)
    result.gradient = device.logarithmBackward(result.gradient, output: scores)
    return result
}

/// Keras adds this to probabilities before it takes their logarithm.
let leastProbability: Float = 1e-7

/// The labels in a padded table, the format of Keras' functions.
///
/// - Parameters:
///   - table: Class indices, `[batch × longest]`.
///   - counts: The number of symbols of each label.
public func ctcLabels(_ table: Tensor, counts: [Int]) -> [[Int]] {
    require(
        table.shape.rank == 2 && counts.count == table.shape[0]
            && counts.allSatisfy { 0...table.shape[1] ~= $0 },
        "labels of \(counts) symbols in a table \(table.shape)")
    let (indices, width) = (table.scalars, table.shape[1])
    return counts.enumerated().map { row, count in
        indices[row * width..<row * width + count].map { Int($0) }
    }
}

/// The least number of frames for a label: one for each symbol and one for the blank between equal neighbours.
public func framesNeeded(for label: [Int]) -> Int {
    label.count + zip(label, label.dropFirst()).count { $0 == $1 }
}
