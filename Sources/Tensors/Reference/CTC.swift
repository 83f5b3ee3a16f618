import Foundation

extension Device {
    /// The CTC loss of scores `[batch × time × classes]` before softmax, and the gradient of the sum of all losses
    /// divided by `divisor`; see ``CTCResult``. Labels hold classes other than `blank`. Only the first `frames[i]`
    /// frames of sample i are used; all if `frames` is nil. Sums over all alignments by the forward and backward
    /// variables of Graves, Fernández, Gomez and Schmidhuber (2006), in log space.
    public func ctcLoss(
        _ scores: Tensor, labels: [[Int]], frames: [Int], blank: Int, divisor: Float, _: Checked
    ) -> CTCResult {
        let (time, classCount) = (scores.shape[1], scores.shape[2])
        let logits = logSoftmaxRows(scores.scalars, classCount: classCount)
        var gradient: [Float] = []
        gradient.reserveCapacity(logits.count)
        var losses: [Float] = []
        for (sample, label) in labels.enumerated() {
            let lattice = CTCLattice(label: label, blank: blank, classCount: classCount)
            let start = sample * time * classCount, read = frames[sample] * classCount
            let (loss, part) = lattice.lossAndGradient(Array(logits[start..<start + read]), divisor: divisor)
            losses.append(loss)
            gradient += part + [Float](repeating: 0, count: time * classCount - read)
        }
        return CTCResult(losses: losses, gradient: Tensor(gradient, shape: scores.shape, like: scores))
    }
}

/// The states of a label's alignments: its symbols, with blanks before, between and after them.
private struct CTCLattice {
    let states: [Int]
    let classCount: Int
    /// Whether a state can be entered from two states before: past a blank between two different symbols.
    let skips: [Bool]

    init(label: [Int], blank: Int, classCount: Int) {
        let states = label.reduce(into: [blank]) { $0 += [$1, blank] }
        self.states = states
        self.classCount = classCount
        skips = states.indices.map { $0 >= 2 && states[$0] != blank && states[$0] != states[$0 - 2] }
    }

    /// The loss for log-probabilities `[time × classes]`, and its gradient for the scores, divided by `divisor`.
    func lossAndGradient(_ logits: [Float], divisor: Float) -> (loss: Float, gradient: [Float]) {
        guard !logits.isEmpty else { return (states.count == 1 ? 0 : .infinity, []) }
        let time = logits.count / classCount
        let forward = forwardVariables(logits, time)
        let last = forward.suffix(states.count).suffix(2)
        let total = logSum(last.first ?? -.infinity, last.count > 1 ? last.last ?? -.infinity : -.infinity)
        guard total != -.infinity else {
            return (.infinity, [Float](repeating: 0, count: logits.count))
        }
        return (Float(-total), gradient(logits, forward, total, divisor))
    }

    /// `α[t, s]`: the log-probability of all prefixes that end at time t in state s, including the emission at t.
    private func forwardVariables(_ logits: [Float], _ time: Int) -> [Double] {
        let count = states.count
        var α = [Double](repeating: -.infinity, count: time * count)
        for s in 0..<min(2, count) where time > 0 { α[s] = Double(logits[states[s]]) }
        for t in stride(from: 1, to: time, by: 1) {
            let row = t * classCount, before = (t - 1) * count
            for s in 0..<count {
                var sum = α[before + s]
                if s >= 1 { sum = logSum(sum, α[before + s - 1]) }
                if skips[s] { sum = logSum(sum, α[before + s - 2]) }
                α[t * count + s] = sum + Double(logits[row + states[s]])
            }
        }
        return α
    }

    /// The gradient for the scores: in each frame, softmax minus the posterior probability of each class.
    ///
    /// `β[s]` is the log-probability of all suffixes after the frame, computed from the last frame to the first.
    private func gradient(_ logits: [Float], _ α: [Double], _ total: Double, _ divisor: Float) -> [Float] {
        let count = states.count, time = logits.count / classCount
        var gradient = logits.map { exp($0) / divisor }
        var β = [Double](repeating: -.infinity, count: count)
        for s in max(0, count - 2)..<count { β[s] = 0 }
        for t in (0..<time).reversed() {
            let row = t * classCount
            for s in 0..<count where α[t * count + s] + β[s] != -.infinity {
                gradient[row + states[s]] -= Float(exp(α[t * count + s] + β[s] - total)) / divisor
            }
            let emitted = (0..<count).map { β[$0] + Double(logits[row + states[$0]]) }
            for s in 0..<count {
                var sum = emitted[s]
                if s + 1 < count { sum = logSum(sum, emitted[s + 1]) }
                if s + 2 < count, skips[s + 2] { sum = logSum(sum, emitted[s + 2]) }
                β[s] = sum
            }
        }
        return gradient
    }
}

/// log(eᵃ + eᵇ), without overflow; NaN if a or b is NaN.
package func logSum(_ a: Double, _ b: Double) -> Double {
    if a == -.infinity { return b }
    if b == -.infinity { return a }
    return max(a, b) + log1p(exp(-abs(a - b)))
}
