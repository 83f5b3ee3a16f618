import CPU
import Tensors
import TestSupport
import Testing

private let shapes: [Shape] = [[1, 1, 1], [1, 5, 3], [4, 1, 8], [3, 7, 17], [5, 26, 64]]

/// A time-major sequence, which an image of height 1 becomes.
private func sequence(_ shape: Shape, seed: Double = 0, on device: any Device) -> Tensor {
    let line = Tensor.wave([shape[0], 1, shape[1], shape[2]], seed: seed, on: device)
    return device.reshaped(line, to: shape)
}

@Test(arguments: shapes, [1, 5, 37])
func linearMapsAgreeWithTheReference(_ shape: Shape, _ outputs: Int) {
    let difference = disagreement { device in
        let kernel = Tensor.wave([shape.last, outputs], seed: 1, on: device)
        let bias = Tensor.wave([outputs], seed: 2, on: device)
        return [Tensor.wave(shape, on: device), sequence(shape, on: device)].flatMap { input in
            let output = device.linear(input, kernel: kernel, bias: bias)
            let gradients = device.linearBackward(
                .wave(output.shape, seed: 3, on: device), input: input, kernel: kernel)
            return [output, gradients.input, gradients.kernel, gradients.bias]
        }
    }
    #expect(difference < 1e-5)
}

@Test func linearMapsTakeMatrices() {
    let difference = disagreement { device in
        let input = Tensor.wave([3, 4], on: device), kernel = Tensor.wave([4, 2], on: device)
        return [device.linear(input, kernel: kernel, bias: .wave([2], on: device))]
    }
    #expect(difference < 1e-6)
}

@Test(arguments: shapes)
func logSoftmaxAgreesWithTheReference(_ shape: Shape) {
    let difference = disagreement(termSize: 1) { device in
        [Tensor.wave(shape, on: device), sequence(shape, on: device)].flatMap { input in
            let output = device.logSoftmax(input)
            return [output, device.logSoftmaxBackward(.wave(shape, seed: 1, on: device), output: output)]
        }
    }
    #expect(difference < 1e-5)
}

@Test(arguments: shapes)
func crossEntropyAgreesWithTheReference(_ shape: Shape) {
    let labels = (0..<shape.rows).map { $0 % 4 == 3 ? nil : $0 % shape.last }
    let difference = disagreement(termSize: 1) { device in
        [Tensor.wave(shape, on: device), sequence(shape, on: device)].flatMap { scores in
            let result = device.crossEntropy(scores, labels: labels, divisor: 3)
            return [Tensor(result.losses, shape: [labels.count], on: device), result.gradient]
        }
    }
    #expect(difference < 1e-5)
}

@Test(arguments: shapes)
func structureAgreesWithTheReference(_ shape: Shape) {
    let difference = disagreement { device in
        let first = sequence(shape, on: device)
        let second = Tensor.wave(shape.replacingLast(with: 5), seed: 1, on: device)
        let both = device.concatenated(first, second)
        let parts = device.split(both, firstCount: shape.last)
        return [
            both, parts.first, parts.second, device.concatenated(second, first),
            device.sum(first, .wave(shape, seed: 2, on: device)),
            device.reshaped(both, to: [shape.rows, shape.last + 5]),
            device.reshaped(both, to: [shape[0], 1, shape[1], shape.last + 5]),
        ]
    }
    #expect(difference == 0)
}

@Test func ctcReadsTimeMajorScores() {
    let difference = disagreement { device in
        let scores = sequence([2, 6, 4], on: device)
        let result = device.ctcLoss(scores, labels: [[1, 1], []], blank: 0, divisor: 2)
        return [result.gradient, Tensor(result.losses, shape: [2], on: device)]
    }
    #expect(difference < 1e-5)
}

@Test(arguments: shapes + [[2, 3, 4, 2], [3, 2, 4, 5, 6], [3, 4]])
func stepsAgreeWithTheReference(_ shape: Shape) {
    let difference = disagreement { device in
        let inputs = [Tensor.wave(shape, on: device)] + (shape.rank == 3 ? [sequence(shape, on: device)] : [])
        return inputs.flatMap { input in
            let steps = (0..<shape[1]).map { device.step(input, at: $0) }
            return [device.stacked(steps), device.reversed(input)] + steps
        }
    }
    #expect(difference == 0)
}

@Test(arguments: [Shape([3, 4]), [3, 2, 5], [3, 2, 4, 5]])
func choicesAgreeWithTheReference(_ shape: Shape) {
    let difference = disagreement { device in
        let mask = Tensor([0, 1, 2], shape: [3], on: device)
        return [device.selected(mask, .wave(shape, on: device), .wave(shape, seed: 1, on: device))]
    }
    #expect(difference == 0)
}

@Test func rowsOfTablesAgreeWithTheReference() {
    let difference = disagreement { device in
        let indices = Tensor([3, 0, 3, 1, 2, 3], shape: [2, 3], on: device)
        let found = device.rows(of: .wave([4, 9], on: device), at: indices)
        return [found, device.rowSums(.wave([2, 3, 9], seed: 1, on: device), at: indices, count: 5)]
    }
    #expect(difference < 1e-6)
}
