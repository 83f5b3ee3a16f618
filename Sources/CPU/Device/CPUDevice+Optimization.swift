internal import CKernels
internal import Foundation
public import Tensors

extension CPUDevice {
    /// The sum of the squares of all scalars. Blocks of fixed size are summed and added in order.
    public func squaredNorm(_ tensor: Tensor) -> Double {
        let x = rowMajor(tensor), count = tensor.shape.count, block = 1 << 14
        var sums = [Double](repeating: 0, count: (count + block - 1) / block)
        sums.withUnsafeMutableBufferPointer { sums in
            context.forEachRange(of: sums.count, grain: 4) { blocks in
                for index in blocks {
                    sums[index] = kernels.elementwise.squared_norm(
                        x.floats + index * block, min(block, count - index * block))
                }
            }
        }
        return withExtendedLifetime(x) { sums.reduce(0, +) }
    }

    /// `target ← target · (1 − amount) + value · scale · amount`.
    public func blend(_ target: inout Tensor, with value: Tensor, scale: Float, amount: Float, _: Checked) {
        let value = rowMajor(value)
        update(&target) { target, range in
            kernels.elementwise.blend(
                target + range.lowerBound, value.floats + range.lowerBound, 1 - amount, scale * amount,
                range.count)
        }
    }

    /// One step of Adam with decoupled weight decay, in place.
    public func adam(
        _ parameter: inout Tensor, _ moments: inout Moments, gradient: Tensor, _ step: AdamStep, _: Checked
    ) {
        let constants = crnn_adam_step(
            rate: step.rate, first_decay: step.firstDecay, second_decay: step.secondDecay,
            epsilon: step.epsilon, weight_decay: step.weightDecay, gradient_scale: step.gradientScale,
            first_correction: 1 / (1 - pow(step.firstDecay, Float(step.count))),
            second_correction: 1 / (1 - pow(step.secondDecay, Float(step.count))))
        guard moments.maximum != nil else {
            return update(&parameter, &moments, gradient) { θ, m, v, g, range in
                kernels.optimizers.adam(θ, m, v, g, range.count, constants)
            }
        }
        var largest = moments.maximum ?? moments.second
        moments.maximum = nil
        mutate(&largest) { largest in
            update(&parameter, &moments, gradient) { θ, m, v, g, range in
                kernels.optimizers.amsgrad(
                    θ, m, v, largest + range.lowerBound, g, range.count, constants)
            }
        }
        moments.maximum = largest
    }

    /// One step of RMSprop, in place.
    public func rmsprop(
        _ parameter: inout Tensor, _ moments: inout Moments, gradient: Tensor, _ step: RMSpropStep,
        _: Checked
    ) {
        let constants = crnn_rmsprop_step(
            rate: step.rate, decay: step.decay, momentum: step.momentum, epsilon: step.epsilon,
            weight_decay: step.weightDecay, gradient_scale: step.gradientScale)
        update(&parameter, &moments, gradient) { θ, b, v, g, range in
            kernels.optimizers.rmsprop(θ, b, v, g, range.count, constants)
        }
    }

    /// One step of Adadelta, in place.
    public func adadelta(
        _ parameter: inout Tensor, _ moments: inout Moments, gradient: Tensor, _ step: AdadeltaStep,
        _: Checked
    ) {
        let constants = crnn_adadelta_step(
            rate: step.rate, decay: step.decay, epsilon: step.epsilon, weight_decay: step.weightDecay,
            gradient_scale: step.gradientScale)
        update(&parameter, &moments, gradient) { θ, a, d, g, range in
            kernels.optimizers.adadelta(θ, a, d, g, range.count, constants)
        }
    }

    /// One step of stochastic gradient descent with momentum, in place.
    public func momentum(
        _ parameter: inout Tensor, velocity: inout Tensor, gradient: Tensor, _ step: MomentumStep, _: Checked
    ) {
        let gradient = rowMajor(gradient)
        let constants = crnn_momentum_step(
            rate: step.rate, momentum: step.momentum, weight_decay: step.weightDecay,
            gradient_scale: step.gradientScale, nesterov: step.nesterov)
        mutate(&velocity) { v in
            update(&parameter) { θ, range in
                let start = range.lowerBound
                kernels.optimizers.momentum(
                    θ + start, v + start, gradient.floats + start, range.count, constants)
            }
        }
    }

    private typealias Floats = UnsafeMutablePointer<Float>

    /// Calls `step` on several threads, for ranges of a parameter with its running averages and gradient.
    private func update(
        _ parameter: inout Tensor, _ moments: inout Moments, _ gradient: Tensor,
        _ step: (
            _ parameter: Floats, _ first: Floats, _ second: Floats, _ gradient: Floats, _ range: Range<Int>
        ) -> Void
    ) {
        let gradient = rowMajor(gradient)
        mutate(&moments.second) { second in
            mutate(&moments.first) { first in
                update(&parameter) { θ, range in
                    let start = range.lowerBound
                    step(θ + start, first + start, second + start, gradient.floats + start, range)
                }
            }
        }
    }

    private func update(_ target: inout Tensor, _ body: (Floats, Range<Int>) -> Void) {
        let count = target.shape.count
        mutate(&target) { floats in context.forEachRange(of: count) { body(floats, $0) } }
    }

    /// Changes a tensor's scalars in row-major order. They change in place if no other tensor shares them.
    private func mutate(_ tensor: inout Tensor, _ body: (Floats) -> Void) {
        let shape = tensor.shape
        tensor.mutateStorage(
            adopting: { storage in
                let found = adopted(storage, shape)
                return found.isRowMajor && found.origin == nil && found.context === context
                    ? found : CPUStorage(copied(found), shape: shape, in: context)
            },
            copying: { CPUStorage(copied($0), shape: shape, in: context) },
            { storage in
                storage.dropPackedLayouts()
                body(storage.memory.floats)
            })
    }

    private func copied(_ storage: CPUStorage) -> Memory {
        let copy = context.memory(.rowMajor(storage.shape))
        context.reorder(storage.memory, into: copy)
        return copy
    }
}
