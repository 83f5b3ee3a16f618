import Foundation
import Neural
public import Tensors

/// Turns scores into texts.
public protocol CTCDecoder: Sendable {
    /// One transcript per sample of scores `[batch × frames × classes]` before softmax.
    ///
    /// Spans are left empty: the decoder does not know the image.
    func decode(_ scores: Tensor, _ alphabet: Alphabet) -> [Transcript]
}

/// Best-path decoding: the likeliest class of each frame, repeats merged, blanks dropped
/// (Graves et al. 2006, section 3.2).
public struct GreedyDecoder: CTCDecoder {
    /// It has no options.
    public init() {}

    /// The best path's text of each sample, with the probability of that text over all its alignments.
    public func decode(_ scores: Tensor, _ alphabet: Alphabet) -> [Transcript] {
        let (batch, frames, classes) = (scores.shape[0], scores.shape[1], scores.shape[2])
        precondition(
            classes == alphabet.classes, "\(classes) scores for an alphabet of \(alphabet.classes) classes")
        let logits = scores.device.logSoftmax(scores).scalars
        let paths = (0..<batch).map { sample in
            bestPath(
                logits[sample * frames * classes..<(sample + 1) * frames * classes], classes: classes,
                blank: alphabet.blank)
        }
        let labels = paths.map { $0.map(\.index) }
        let losses = ctcLoss(scores, labels: labels, blank: alphabet.blank).losses
        return zip(paths, losses).map { path, loss in
            Transcript(
                text: alphabet.decode(path.map(\.index)), confidence: probability(ofLoss: loss),
                symbols: path.map { run in
                    Transcript.Symbol(
                        text: alphabet.symbol(run.index) ?? "", confidence: exp(run.logit), frames: run.frames
                    )
                })
        }
    }

    /// The class indices of each sample's best path through scores `[batch × frames × classes]`, without repeats
    /// and blanks.
    public func classes(_ scores: Tensor, blank: Int) -> [[Int]] {
        let size = scores.shape[1] * scores.shape[2]
        let scalars = scores.scalars
        return (0..<scores.shape[0]).map { sample in
            let range = sample * size..<(sample + 1) * size
            return bestPath(scalars[range], classes: scores.shape[2], blank: blank).map(\.index)
        }
    }

    /// exp(−loss), from 0 to 1 in spite of rounding; 0 where scores are not numbers.
    private func probability(ofLoss loss: Float) -> Float { loss.isNaN ? 0 : min(1, exp(-loss)) }

    /// The runs of one likeliest class that is not the blank.
    private func bestPath(_ logits: ArraySlice<Float>, classes: Int, blank: Int) -> [Run] {
        var runs: [Run] = []
        var previous = blank
        for frame in 0..<logits.count / classes {
            let row = logits.dropFirst(frame * classes).prefix(classes)
            let best = row.indices.reduce(row.startIndex) { row[$1] > row[$0] ? $1 : $0 }
            let index = best - row.startIndex
            if index != blank {
                if index == previous, let last = runs.popLast() {
                    runs.append(last.extended(by: row[best]))
                } else {
                    runs.append(Run(index: index, logit: row[best], frames: frame..<frame + 1))
                }
            }
            previous = index
        }
        return runs
    }

    private struct Run {
        let index: Int
        let logit: Float
        let frames: Range<Int>

        func extended(by logit: Float) -> Run {
            Run(
                index: index, logit: max(logit, self.logit), frames: frames.lowerBound..<frames.upperBound + 1
            )
        }
    }
}
