import CPU
import Tensors
import TestSupport
import Testing

/// All results of a small training step, on images that are large enough for several threads.
private func step(on device: CPUDevice) -> [[Float]] {
    let options = ConvolutionOptions(padding: .square(1), activation: .relu)
    let input = Tensor.wave([32, 2, 33, 16], on: device)
    let kernel = Tensor.wave([3, 3, 16, 32], seed: 1, on: device)
    let bias = Tensor.wave([32], seed: 2, on: device)
    let features = device.convolutionForward(input, kernel: kernel, bias: bias, options)
    let pooled = device.maxPoolingForward(
        features, Window(size: .square(2), strides: Extent(height: 2, width: 1)))
    let sequence = device.reshaped(pooled.output, to: [32, 32, 32])
    let weights = RecurrentWeights(
        kernel: .wave([32, 64], seed: 3, on: device), recurrentKernel: .wave([16, 64], seed: 4, on: device),
        bias: .wave([64], seed: 5, on: device))
    let recurrent = RecurrentInput(sequence)
    @Sendable func scan(_ direction: ScanDirection) -> (output: RecurrentOutput, workspace: Workspace) {
        device.recurrenceForward(recurrent, weights, Recurrence(.lstm, direction))
    }
    @Sendable func gradients(
        _ scanned: (output: RecurrentOutput, workspace: Workspace), _ direction: ScanDirection
    ) -> RecurrentGradients {
        device.recurrenceBackward(
            RecurrentOutput(scanned.output.output), input: recurrent, output: scanned.output, weights,
            Recurrence(.lstm, direction), scanned.workspace)
    }
    let (ahead, back) = device.concurrently({ scan(.forward) }, { scan(.backward) })
    let (first, second) = device.concurrently(
        { gradients(ahead, .forward) }, { gradients(back, .backward) })
    let alone = gradients(scan(.forward), .forward)
    let gradient = device.maxPoolingBackward(
        device.reshaped(device.sum(first.input.sequence, second.input.sequence), to: pooled.output.shape),
        inputShape: features.shape, Window(size: .square(2), strides: Extent(height: 2, width: 1)),
        pooled.workspace)
    let convolution = device.convolutionBackward(
        gradient, input: input, kernel: kernel, output: features, options, needsInput: true)
    return [
        features.scalars, ahead.output.output.scalars, back.output.output.scalars,
        first.weights.kernel.scalars,
        second.weights.recurrentKernel.scalars, convolution.kernel.scalars, convolution.bias.scalars,
        alone.input.sequence.scalars,
    ]
}

@Test(arguments: [1, 2, 3])
func theSameThreadCountGivesTheSameBits(_ threads: Int) {
    let device = CPUDevice(threads: threads)
    let first = step(on: device)
    for _ in 0..<4 { #expect(step(on: device) == first) }
}

@Test func severalCallersGetTheSameBits() async {
    let device = CPUDevice(threads: 2)
    let expected = step(on: device)
    await withTaskGroup(of: [[Float]].self) { group in
        for _ in 0..<6 { group.addTask { step(on: device) } }
        for await found in group { #expect(found == expected) }
    }
}

@Test func threadCountsAgreeWithinRounding() {
    let alone = step(on: CPUDevice(threads: 1)), together = step(on: CPUDevice(threads: 2))
    for (one, two) in zip(alone, together) { #expect(relativeDifference(two, one) < 1e-4) }
}

@Test func nestedPairsRunOnTheThreadOfTheirMember() {
    let (outer, last) = device.concurrently({ device.concurrently({ 1 }, { 2 }) }, { 3 })
    #expect(outer == (1, 2))
    #expect(last == 3)
}

@Test func theDeviceNamesItsEngine() {
    #expect(device.name.hasPrefix("oneDNN 2.") || device.name.hasPrefix("oneDNN 3."))
    #expect(CPUDevice(threads: 3).threads == 3)
}
