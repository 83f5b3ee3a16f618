internal import Synchronization

/// The ways to convolve.
enum ConvolutionAlgorithm: Sendable {
    /// This module's own: by Winograd's algorithm, or as a product of patches.
    case own
    /// Whatever oneDNN prefers.
    case library
}

/// The computations that a convolution consists of.
enum ConvolutionPass: Sendable, Hashable {
    case inference, quantized, training, inputGradient, weightGradients
}

/// Chooses the algorithm for each pass and shape: by rule, or by timing the candidates when a shape first comes.
final class AlgorithmChoice: Sendable {
    private struct Case: Hashable {
        let pass: ConvolutionPass
        let problem: ConvolutionProblem
    }

    private let isMeasured: Bool
    private let known = Mutex<[Case: ConvolutionAlgorithm]>([:])

    /// - Parameter isMeasured: Whether candidates are timed; else the first is taken.
    init(isMeasured: Bool) { self.isMeasured = isMeasured }

    /// Computes by the candidate chosen for this case.
    func run<Result>(
        _ pass: ConvolutionPass, _ problem: ConvolutionProblem, _ candidates: [ConvolutionAlgorithm],
        _ compute: (ConvolutionAlgorithm) -> Result
    ) -> Result {
        guard isMeasured, candidates.count > 1 else { return compute(candidates[0]) }
        let place = Case(pass: pass, problem: problem)
        if let algorithm = known.withLock({ $0[place] }) { return compute(algorithm) }
        let fastest = candidates.map { candidate in (candidate, duration { _ = compute(candidate) }) }
            .min { $0.1 < $1.1 }?.0
        let chosen = known.withLock { known in
            known[place] = known[place] ?? fastest ?? candidates[0]
            return known[place] ?? candidates[0]
        }
        return compute(chosen)
    }

    /// The shorter of two runs after one that prepares code and memory.
    private func duration(of work: () -> Void) -> Duration {
        work()
        let clock = ContinuousClock()
        return min(clock.measure { work() }, clock.measure { work() })
    }
}
