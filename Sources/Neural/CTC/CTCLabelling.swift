internal import Tensors

/// A sequence of classes without blanks, and its probability.
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

extension CTCLabelling {
    /// A labelling of frames of log-probabilities of all classes. Its probability sums over all alignments, by the
    /// forward variables of the CTC loss (Graves et al. 2006, section 4.1); NaN counts as impossible.
    init(_ classes: [Int], in frames: [ArraySlice<Float>], blank: Int) {
        // A start, which only the first frame leaves, then the symbols with blanks before, between and after them.
        let states = classes.reduce(into: [-1, blank]) { $0 += [$1, blank] }
        var forward = [0.0] + [Double](repeating: -.infinity, count: states.count - 1)
        for frame in frames {
            for s in states.indices.dropFirst().reversed() {
                var sum = logSum(forward[s], forward[s - 1])
                if s >= 2, states[s] != blank, states[s] != states[s - 2] {
                    sum = logSum(sum, forward[s - 2])
                }
                let emission = frame[frame.startIndex + states[s]]
                forward[s] = emission.isNaN ? -.infinity : sum + Double(emission)
            }
            forward[0] = -.infinity
        }
        self.init(classes, logProbability: min(0, Float(forward.suffix(2).reduce(-.infinity, logSum))))
    }
}
