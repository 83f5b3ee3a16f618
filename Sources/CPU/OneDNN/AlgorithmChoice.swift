internal import Synchronization

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
    /// Whether this module's algorithm is the faster one.
    private let known = Mutex<[Case: Bool]>([:])

    /// - Parameter isMeasured: Whether candidates are timed; else the preferred one is taken.
    init(isMeasured: Bool) { self.isMeasured = isMeasured }

    /// Computes by this module's algorithm `own`, if there is one for this case, or by oneDNN's, for which `compute`
    /// receives nil.
    func run<Own, Result>(
        _ pass: ConvolutionPass, _ problem: ConvolutionProblem, _ own: Own?, prefersOwn: Bool = true,
        _ compute: (Own?) -> Result
    ) -> Result {
        guard let own else { return compute(nil) }
        guard isMeasured else { return compute(prefersOwn ? own : nil) }
        let place = Case(pass: pass, problem: problem)
        if let isOwn = known.withLock({ $0[place] }) { return compute(isOwn ? own : nil) }
        let isFaster = duration { _ = compute(own) } < duration { _ = compute(nil) }
        let isOwn = known.withLock { known in
            let chosen = known[place] ?? isFaster
            known[place] = chosen
            return chosen
        }
        return compute(isOwn ? own : nil)
    }

    /// The shorter of two runs after one that prepares code and memory.
    private func duration(of work: () -> Void) -> Duration {
        work()
        let clock = ContinuousClock()
        return min(clock.measure { work() }, clock.measure { work() })
    }
}
