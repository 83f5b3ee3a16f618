public import Tensors

/// Connectionist temporal classification (Graves, Fernández, Gomez, Schmidhuber 2006): the loss of a sequence of
/// labels against frames of scores, summed over all alignments in log space.
///
/// - Parameters:
///   - scores: `[batch × time × classes]`, before softmax.
///   - labels: The class indices of each sample's text, without blanks.
///   - blank: The class that separates and fills.
///   - divisor: What the gradient's sum of losses is divided by; the batch size unless given.
/// - Returns: −log p(label) per sample in nats, infinite where ``framesNeeded(for:)`` exceeds the frames, and the
///   gradient for the scores, which is zero for such a sample.
public func ctcLoss(_ scores: Tensor, labels: [[Int]], blank: Int, divisor: Float? = nil) -> CTCResult {
    scores.device.ctcLoss(scores, labels: labels, blank: blank, divisor: divisor ?? Float(labels.count))
}

/// The least number of frames that can carry a label: one per symbol and one blank between equal neighbours.
public func framesNeeded(for label: [Int]) -> Int {
    label.count + zip(label, label.dropFirst()).count { $0 == $1 }
}
