internal import Foundation
internal import Tensors

extension Optimizer {
    /// An update rule; see ``Tensors/AdamStep`` and the others for the formulas.
    public enum Method: Sendable, Hashable {
        /// Adam with decoupled weight decay; plain Adam if the decay is zero.
        ///
        /// - Parameters:
        ///   - epsilonForm: Where ε is added.
        ///   - amsgrad: Whether the largest second moment so far takes the place of the present one.
        case adam(
            weightDecay: Float = 0, firstDecay: Float = 0.9, secondDecay: Float = 0.999,
            epsilon: Float = 1e-8,
            epsilonForm: EpsilonForm = .corrected, amsgrad: Bool = false)
        /// Adadelta, the optimizer of the CRNN paper.
        case adadelta(weightDecay: Float = 0, decay: Float = 0.9, epsilon: Float = 1e-6)
        /// RMSprop, in PyTorch's form.
        case rmsprop(weightDecay: Float = 0, decay: Float = 0.9, momentum: Float = 0, epsilon: Float = 1e-8)
        /// Stochastic gradient descent with momentum, or with Nesterov's.
        case sgd(weightDecay: Float = 0, momentum: Float = 0.9, nesterov: Bool = false)

        /// Where Adam adds ε.
        public enum EpsilonForm: String, Sendable, Hashable, Codable {
            /// To √(v / (1 − β₂ᵗ)), as in the paper's algorithm 1 and in PyTorch.
            case corrected
            /// To √v, before its correction, as in the last paragraph of the paper's section 2 and in Keras. In early
            /// steps, the same ε then has up to 1 / √(1 − β₂) times the effect.
            case uncorrected
        }
    }
}

/// What varies from step to step.
struct StepFactors {
    let rate: Float
    let gradientScale: Float
    /// The number of steps, from 1.
    let count: Int
    /// The factor of the weight decay: 1 for weights, 0 for biases.
    var decays: Float = 1
}

extension Optimizer.Method {
    /// The step of gradient descent; nil for methods that keep moments.
    func momentumStep(_ factors: StepFactors) -> MomentumStep? {
        guard case .sgd(let weightDecay, let momentum, let nesterov) = self else { return nil }
        return MomentumStep(
            rate: factors.rate, momentum: momentum, nesterov: nesterov,
            weightDecay: factors.decays * weightDecay, gradientScale: factors.gradientScale)
    }

    /// One step of a method that keeps moments.
    func update(_ value: inout Tensor, _ moments: inout Moments, _ gradient: Tensor, _ factors: StepFactors) {
        let device = gradient.device, (rate, scale) = (factors.rate, factors.gradientScale)
        switch self {
        case .adam(let weightDecay, let firstDecay, let secondDecay, let epsilon, let form, let amsgrad):
            if amsgrad, moments.maximum == nil { moments.maximum = value.zeros }
            let step = AdamStep(
                rate: rate, firstDecay: firstDecay, secondDecay: secondDecay,
                epsilon: epsilon / form.divisor(secondDecay, factors.count),
                weightDecay: factors.decays * weightDecay, gradientScale: scale, count: factors.count)
            device.adam(&value, &moments, gradient: gradient, step)
        case .adadelta(let weightDecay, let decay, let epsilon):
            let step = AdadeltaStep(
                rate: rate, decay: decay, epsilon: epsilon, weightDecay: factors.decays * weightDecay,
                gradientScale: scale)
            device.adadelta(&value, &moments, gradient: gradient, step)
        case .rmsprop(let weightDecay, let decay, let momentum, let epsilon):
            let step = RMSpropStep(
                rate: rate, decay: decay, momentum: momentum, epsilon: epsilon,
                weightDecay: factors.decays * weightDecay, gradientScale: scale)
            device.rmsprop(&value, &moments, gradient: gradient, step)
        case .sgd: break
        }
    }
}

extension Optimizer.Method.EpsilonForm {
    /// What divides ε, so that the formula of ``Tensors/AdamStep`` has this form.
    fileprivate func divisor(_ secondDecay: Float, _ count: Int) -> Float {
        self == .corrected ? 1 : (1 - pow(secondDecay, Float(count))).squareRoot()
    }
}
