internal import Synchronization

/// The computations of a convolution.
enum ConvolutionPass: Sendable, Hashable {
    case inference, quantized, training, inputGradient, weightGradients
}

/// Chooses the algorithm of each pass and shape: by a rule, or by the times of the candidates when a shape first
/// occurs.
final class AlgorithmChoice: Sendable {
    private struct Case: Hashable {
        let pass: ConvolutionPass
        let problem: ConvolutionProblem
    }

    private let isMeasured: Bool
    /// Whether this module's algorithm is the faster one, for each case that was timed.
    private let known = Mutex<[Case: Bool]>([:])

    /// - Parameter isMeasured: Whether candidates are timed. Otherwise the preferred one is used.
    init(isMeasured: Bool) { self.isMeasured = isMeasured }

    /// Computes by this module's algorithm `own` or, for which `compute` receives nil, by oneDNN's. oneDNN's is used if
    /// `own` is nil.
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
