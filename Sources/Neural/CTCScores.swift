public import Tensors

/// The scores of a batch to be decoded: those of each sample fill its first frames.
public struct CTCScores: Sendable {
    /// `[batch × time × classes]`, before softmax.
    public let scores: Tensor
    /// How many frames of each sample are read.
    public let frames: [Int]
    /// The class that separates and fills.
    public let blank: Int

    /// Scores `[batch × time × classes]` before softmax, of which each sample fills all frames unless told otherwise.
    public init(_ scores: Tensor, frames: [Int]? = nil, blank: Int) {
        self.frames = scores.device.checkedCTCFrames(frames, of: scores, blank: blank)
        self.scores = scores
        self.blank = blank
    }

    /// Probabilities `[batch × time × classes]` after a softmax; Keras 2's functions take these.
    public init(probabilities: Tensor, frames: [Int]? = nil, blank: Int) {
        self.init(
            probabilities.device.logarithm(probabilities, plus: leastProbability), frames: frames,
            blank: blank)
    }

    /// The best path through each sample: the likeliest class of each frame, the first of equals, as runs of one
    /// class other than the blank (Graves et al. 2006, section 3.2).
    public func bestPaths() -> [[CTCRun]] {
        samples(of: scores).map { CTCRun.runs(of: bestFrames($0), blank: blank) }
    }

    /// What the best path through each sample says, and the log-probability of this path alone.
    ///
    /// - Parameter mergesRepeats: Whether neighbouring frames of one class stand for one symbol, as CTC has it, or
    ///   for one each (Keras 3's `merge_repeated`).
    public func greedyLabellings(mergesRepeats: Bool = true) -> [CTCLabelling] {
        samples(of: scores.device.logSoftmax(scores)).map { rows in
            let frames = bestFrames(rows)
            let runs = CTCRun.runs(of: frames, blank: blank)
            return CTCLabelling(
                runs.flatMap { [Int](repeating: $0.index, count: mergesRepeats ? 1 : $0.frames.count) },
                logProbability: frames.reduce(0) { $0 + $1.score })
        }
    }

    /// The likeliest labellings of each sample, best first, with the log-probabilities that their alignments have
    /// together; by prefix beam search (Graves 2012, section 7.5; Hannun et al., arXiv 1408.2873).
    ///
    /// - Parameters:
    ///   - count: How many are wanted; there are fewer where so few have any probability.
    ///   - beamWidth: How many prefixes are kept after each frame, at least `count`. The search is exact where no
    ///     prefix has to be left out.
    public func likeliestLabellings(_ count: Int = 1, beamWidth: Int = 100) -> [[CTCLabelling]] {
        precondition(0...beamWidth ~= count, "\(count) labellings from a beam of \(beamWidth)")
        return samples(of: scores.device.logSoftmax(scores)).map { rows in
            var search = CTCBeamSearch(blank: blank, width: beamWidth)
            for row in rows { search.read(row) }
            return search.labellings(count)
        }
    }

    /// The frames of each sample that are read.
    private func samples(of scores: Tensor) -> [[ArraySlice<Float>]] {
        let (time, classes) = (scores.shape[1], scores.shape[2])
        let scalars = scores.scalars
        return frames.enumerated().map { sample, count in
            (0..<count).map { frame in
                let start = (sample * time + frame) * classes
                return scalars[start..<start + classes]
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

/// Neighbouring frames in which one class, not the blank, is the likeliest.
public struct CTCRun: Sendable, Hashable {
    /// The class.
    public let index: Int
    /// The greatest score of the class in these frames.
    public private(set) var score: Float
    /// The frames.
    public private(set) var frames: Range<Int>

    /// The runs of a path of classes and their scores.
    static func runs(of path: [(index: Int, score: Float)], blank: Int) -> [CTCRun] {
        var runs: [CTCRun] = []
        for (frame, best) in path.enumerated() where best.index != blank {
            if let last = runs.last, last.index == best.index, last.frames.upperBound == frame {
                runs[runs.count - 1].score = max(last.score, best.score)
                runs[runs.count - 1].frames = last.frames.lowerBound..<frame + 1
            } else {
                runs.append(CTCRun(index: best.index, score: best.score, frames: frame..<frame + 1))
            }
        }
        return runs
    }
}

/// A sequence of classes, without blanks, that a sample may stand for.
public struct CTCLabelling: Sendable, Hashable {
    /// The class indices.
    public let classes: [Int]
    /// The natural logarithm of its probability.
    public let logProbability: Float

    /// Groups classes and log-probability.
    public init(_ classes: [Int], logProbability: Float) {
        self.classes = classes
        self.logProbability = logProbability
    }
}
