import Foundation

extension Device {
    /// The plain definition of the kernel.
    public func logSoftmax(_ input: Tensor) -> Tensor {
        Tensor(logSoftmaxRows(input.scalars, classes: input.shape.last), shape: input.shape, like: input)
    }

    /// The plain definition of the kernel: `dx = dy − softmax · Σ dy`.
    public func logSoftmaxBackward(_ outputGradient: Tensor, output: Tensor) -> Tensor {
        let classes = output.shape.last
        let y = output.scalars
        var dx = outputGradient.scalars
        for start in stride(from: 0, to: y.count, by: classes) {
            let total = dx[start..<start + classes].reduce(0, +)
            for index in start..<start + classes { dx[index] -= exp(y[index]) * total }
        }
        return Tensor(dx, shape: output.shape, like: output)
    }
}

/// The logarithm of the softmax of each run of `classes` scalars.
func logSoftmaxRows(_ scores: [Float], classes: Int) -> [Float] {
    var result = scores
    for start in stride(from: 0, to: scores.count, by: classes) {
        let row = start..<start + classes
        let largest = scores[row].max() ?? 0
        var sum: Float = 0
        for index in row { sum += exp(scores[index] - largest) }
        let logarithm = largest + log(sum)
        for index in row { result[index] -= logarithm }
    }
    return result
}
