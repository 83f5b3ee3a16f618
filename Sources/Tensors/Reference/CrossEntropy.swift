import Foundation

extension Device {
    /// The plain definition of the kernel: `−log softmax[label]`, and softmax, less 1 at the label, divided.
    public func crossEntropy(
        _ scores: Tensor, labels: [Int?], divisor: Float
    ) -> (losses: [Float], gradient: Tensor) {
        let classes = scores.shape.last
        precondition(
            labels.count == scores.shape.rows, "\(labels.count) labels for scores \(scores.shape)")
        precondition(
            labels.allSatisfy { $0.map((0..<classes).contains) ?? true }, "a label beyond \(classes) classes")
        let logits = logSoftmax(scores).scalars
        var losses = [Float](repeating: 0, count: labels.count)
        var gradient = [Float](repeating: 0, count: logits.count)
        for (row, label) in labels.enumerated() {
            guard let label else { continue }
            let start = row * classes
            losses[row] = -logits[start + label]
            for index in start..<start + classes { gradient[index] = exp(logits[index]) / divisor }
            gradient[start + label] -= 1 / divisor
        }
        return (losses, Tensor(gradient, shape: scores.shape, like: scores))
    }
}
