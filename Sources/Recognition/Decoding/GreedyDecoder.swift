import Foundation
import Neural
internal import Requirements
public import Tensors

/// Best-path decoding: takes the most probable class of each frame, merges repeats and removes blanks
/// (Graves et al. 2006, section 3.2).
public struct GreedyDecoder: CTCDecoder {
    /// Creates a decoder; it has no options.
    public init() {}

    /// The text of each sample's best path, with the probability of that text over all of its alignments.
    public func decode(_ scores: Tensor, _ alphabet: Alphabet) -> [Transcript] {
        let classCount = scores.shape[2]
        require(
            classCount == alphabet.classCount,
            "\(classCount) scores for an alphabet of \(alphabet.classCount) classes")
        // Log-softmax leaves the paths unchanged and makes each run's score a log-probability.
        let paths = CTCScores(scores.device.logSoftmax(scores), blank: alphabet.blank).bestPaths()
        let labels = paths.map { $0.map(\.index) }
        let losses = ctcLoss(scores, labels: labels, blank: alphabet.blank).losses
        return zip(paths, losses).map { path, loss in
            Transcript(
                text: alphabet.decode(path.map(\.index)), confidence: probability(ofLoss: loss),
                symbols: path.map { run in
                    Transcript.Symbol(
                        text: alphabet.symbol(run.index) ?? "", confidence: exp(run.score), frames: run.frames
                    )
                })
        }
    }

    /// The class indices of each sample's best path through scores `[batch × frames × classes]`, without repeats and
    /// blanks.
    public func classes(_ scores: Tensor, blank: Int) -> [[Int]] {
        CTCScores(scores, blank: blank).bestPaths().map { $0.map(\.index) }
    }

    /// exp(−loss), limited to 1 against rounding; 0 if the loss is NaN.
    private func probability(ofLoss loss: Float) -> Float { loss.isNaN ? 0 : min(1, exp(-loss)) }
}
