internal import CKernels
public import Tensors

extension CPUDevice {
    /// The losses and gradients of all samples. Each sample runs on one thread. The gradient has the row order of the
    /// scores.
    public func ctcLoss(
        _ scores: Tensor, labels: [[Int]], frames: [Int], blank: Int, divisor: Float, _: Checked
    ) -> CTCResult {
        let shape = scores.shape
        context.useThreads()
        let x = storage(of: scores).rows
        let gradient = context.memory(x.order.descriptor(shape))
        let lattices = Lattices(
            time: shape[1], frames: frames, classes: shape[2], isTimeMajor: x.order == .timeMajor,
            batch: shape[0],
            labels: labels, blank: blank, divisor: divisor)
        let losses = context.memory(.dense([max(1, shape[0])]))
        context.forEachRange(of: shape[0], grain: 1) { samples in
            for sample in samples {
                losses.floats[sample] = lattices.loss(
                    of: sample, scores: x.floats, gradient: gradient.floats, in: context)
            }
        }
        let list = (0..<shape[0]).map { losses.floats[$0] }
        return withExtendedLifetime((x, losses)) {
            CTCResult(losses: list, gradient: tensor(gradient, shape))
        }
    }
}

/// The labels of a batch, and the positions of its frames in memory.
private struct Lattices {
    let time: Int
    let frames: [Int]
    let classes: Int
    let isTimeMajor: Bool
    let batch: Int
    let labels: [[Int]]
    let blank: Int
    let divisor: Float

    /// The negative log-probability of one sample's label. Fills the sample's part of the gradient.
    func loss(
        of index: Int, scores: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
        in context: Context
    ) -> Float {
        let start = index * (isTimeMajor ? classes : time * classes)
        let stride = isTimeMajor ? batch * classes : classes
        let frames = frames[index]
        for t in frames..<time {
            (gradient + start + t * stride).update(repeating: 0, count: classes)
        }
        guard frames > 0 else { return labels[index].isEmpty ? 0 : .infinity }
        let label = labels[index].map(Int32.init)
        let workspace = context.memory(.dense([crnn_ctc_workspace(frames, label.count)]))
        return label.withUnsafeBufferPointer { label in
            var sample = crnn_ctc_sample(
                scores: scores + start, frames: frames, classes: classes, stride: stride,
                label: label.baseAddress, length: label.count, blank: Int32(blank), divisor: divisor)
            return kernels.ctc.loss(&sample, gradient + start, workspace.floats)
        }
    }
}
