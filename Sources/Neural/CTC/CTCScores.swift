internal import Requirements
public import Tensors

/// The scores of a batch that is to be decoded.
public struct CTCScores: Sendable {
    /// `[batch × time × classes]`, before softmax.
    public let scores: Tensor
    /// The number of frames of each sample that are used, from the first.
    public let frames: [Int]
    /// The class of the blank.
    public let blank: Int

    /// Scores `[batch × time × classes]` before softmax; by default, all frames of each sample are used.
    public init(_ scores: Tensor, frames: [Int]? = nil, blank: Int) {
        checkCTCFrames(frames, of: scores.shape, blank: blank)
        self.frames = frames ?? [Int](repeating: scores.shape[1], count: scores.shape[0])
        self.scores = scores
        self.blank = blank
    }

    /// Probabilities `[batch × time × classes]` after a softmax, the input of Keras 2's functions.
    public init(probabilities: Tensor, frames: [Int]? = nil, blank: Int) {
        self.init(
            probabilities.device.logarithm(probabilities, plus: leastProbability), frames: frames,
            blank: blank)
    }

    /// The best path of each sample, as runs of one class other than the blank: the most probable class of each
    /// frame, the first of equals (Graves et al. 2006, section 3.2).
    public func bestPaths() -> [[CTCRun]] {
        samples(of: scores).map { CTCRun.runs(of: bestFrames($0), blank: blank) }
    }

    /// The labelling of each sample's best path, and the log-probability of this path alone.
    ///
    /// - Parameter mergesRepeats: Whether neighbouring frames of one class are one symbol, as in CTC, or one symbol
    ///   each (Keras 3's `merge_repeated`).
    public func greedyLabellings(mergesRepeats: Bool = true) -> [CTCLabelling] {
        samples(of: scores.device.logSoftmax(scores)).map { rows in
            let frames = bestFrames(rows)
            let runs = CTCRun.runs(of: frames, blank: blank)
            return CTCLabelling(
                runs.flatMap { [Int](repeating: $0.index, count: mergesRepeats ? 1 : $0.frames.count) },
                logProbability: frames.reduce(0) { $0 + $1.score })
        }
    }

    /// The most probable labellings of each sample, best first, by prefix beam search (Graves 2012, section 7.5;
    /// Hannun et al., arXiv 1408.2873). A narrow beam may miss a labelling, but the log-probabilities and the order of
    /// those that it finds are exact: each sums over all alignments, as the CTC loss does.
    ///
    /// - Parameters:
    ///   - count: The number of labellings; fewer are returned if fewer have a positive probability.
    ///   - beamWidth: The number of prefixes that are kept after each frame, at least `count`. The search is exact if
    ///     no prefix is discarded.
    public func likeliestLabellings(_ count: Int = 1, beamWidth: Int = 100) -> [[CTCLabelling]] {
        require(0...beamWidth ~= count, "\(count) labellings from a beam of \(beamWidth)")
        return samples(of: scores.device.logSoftmax(scores)).map { rows in
            var search = CTCBeamSearch(blank: blank, width: beamWidth)
            for row in rows { search.read(row) }
            return search.labellings(count).map { CTCLabelling($0, in: rows, blank: blank) }
                .sorted { $0.logProbability > $1.logProbability }
        }
    }

    /// The frames of each sample that are used.
    private func samples(of scores: Tensor) -> [[ArraySlice<Float>]] {
        let (time, classCount) = (scores.shape[1], scores.shape[2])
        let scalars = scores.scalars
        return frames.enumerated().map { sample, count in
            (0..<count).map { frame in
                let start = (sample * time + frame) * classCount
                return scalars[start..<start + classCount]
            }
        }
    }

    private func bestFrames(_ rows: [ArraySlice<Float>]) -> [(index: Int, score: Float)] {
        rows.map { row in
            let best = row.indices.reduce(row.startIndex) { row[$1] > row[$0] ? $1 : $0 }
            return (best - row.startIndex, row[best])
        }
    }
}
