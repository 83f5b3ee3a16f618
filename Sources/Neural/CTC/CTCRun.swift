/// Neighbouring frames in which one class other than the blank is the most probable.
public struct CTCRun: Sendable, Hashable {
    /// The class.
    public let index: Int
    /// The highest score of the class in these frames.
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
