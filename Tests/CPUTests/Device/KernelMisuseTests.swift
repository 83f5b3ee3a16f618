import CPU
import Tensors
import TestSupport
import Testing

/// A call of a kernel with arguments that do not fit each other, for every condition of every kernel but those of
/// ``Misfit``.
enum KernelMisuse: String, CaseIterable, Codable, Sendable {
    case convolutionBias, convolutionChannels, convolutionGradient, convolutionOutput, negativePadding,
        noKernel
    case poolingRank, poolingPadding, poolingWindow, poolingGradient, poolingWorkspace,
        workspaceOfAnotherDevice
    case scale, shift, mean, variance, batchOutput, batchMean, batchVariance, batchGradient
    case softmaxGradient, noClasses, entropyLabels, entropyLabel, logarithmGradient
    case scalars, integers, scales, storage
    case reshaped, concatenated, negativeSplit, wideSplit, step, noSteps, steps, flatSequence
    case activationGradient, product, sum, mask, selected
    case normAxis, blend, adamGradient, adamFirst, adamSecond, adadeltaFirst, adadeltaSecond, velocity

    /// Makes the call.
    func commit(on device: any Device) {
        switch self {
        case .convolutionBias, .convolutionChannels, .convolutionGradient, .convolutionOutput,
            .negativePadding,
            .noKernel:
            convolve(on: device)
        case .poolingRank, .poolingPadding, .poolingWindow, .poolingGradient, .poolingWorkspace,
            .workspaceOfAnotherDevice:
            pool(on: device)
        case .scale, .shift, .mean, .variance, .batchOutput, .batchMean, .batchVariance, .batchGradient:
            normalize(on: device)
        case .softmaxGradient, .noClasses, .entropyLabels, .entropyLabel, .logarithmGradient:
            lose(on: device)
        case .scalars, .integers, .scales, .storage: store(on: device)
        case .reshaped, .concatenated, .negativeSplit, .wideSplit, .step, .noSteps, .steps, .flatSequence:
            restructure(on: device)
        case .activationGradient, .product, .sum, .mask, .selected: combine(on: device)
        default: optimize(on: device)
        }
    }

    /// The first shape in this case, otherwise the second.
    private func tensor(_ misfit: KernelMisuse, _ wrong: Shape, _ right: Shape, on device: any Device)
        -> Tensor
    {
        .wave(self == misfit ? wrong : right, on: device)
    }

    /// An image of 5×6 pixels and two channels by a kernel of 3×3 with three outputs, and back.
    private func convolve(on device: any Device) {
        let input = tensor(.convolutionChannels, [1, 5, 6, 3], [1, 5, 6, 2], on: device)
        let kernel = tensor(.noKernel, [0, 3, 2, 3], [3, 3, 2, 3], on: device)
        let bias = tensor(.convolutionBias, [2], [3], on: device)
        let options = ConvolutionOptions(
            padding: .square(self == .negativePadding ? -1 : 1), activation: .tanh)
        _ = device.convolution(input, kernel: kernel, bias: bias, options)
        _ = device.convolutionBackward(
            tensor(.convolutionGradient, [1, 5, 5, 3], [1, 5, 6, 3], on: device), input: input,
            kernel: kernel,
            output: tensor(.convolutionOutput, [1, 5, 5, 3], [1, 5, 6, 3], on: device), options,
            needsInput: true)
    }

    /// An image of 4×6 pixels by windows of 2×2, and back.
    private func pool(on device: any Device) {
        let window = Window(
            size: .square(self == .poolingWindow ? 7 : 2), strides: .square(2),
            padding: .square(self == .poolingPadding ? 2 : 0))
        let input = tensor(.poolingRank, [4, 6, 3], [1, 4, 6, 3], on: device)
        let other: any Device = device is CPUDevice ? reference : CPUDevice(threads: 1)
        let source = self == .workspaceOfAnotherDevice ? other : device
        let (_, workspace) = source.maxPoolingForward(input, window)
        let shape: Shape = self == .poolingWorkspace ? [1, 8, 6, 3] : [1, 4, 6, 3]
        let gradient = tensor(.poolingGradient, [1, 2, 4, 3], [1, shape[1] / 2, 3, 3], on: device)
        _ = device.maxPoolingBackward(gradient, inputShape: shape, window, workspace)
    }

    /// Three channels by given statistics and by those of the batch, and back.
    private func normalize(on device: any Device) {
        let parameters = NormalizationParameters(
            scale: tensor(.scale, [2], [3], on: device), shift: tensor(.shift, [4], [3], on: device),
            epsilon: 1e-3, activation: .identity)
        let input = Tensor.wave([2, 2, 2, 3], on: device)
        _ = device.batchNormalization(
            input, mean: tensor(.mean, [2], [3], on: device),
            variance: tensor(.variance, [4], [3], on: device),
            parameters)
        let batch = NormalizedBatch(
            output: tensor(.batchOutput, [2, 2, 1, 3], input.shape, on: device),
            mean: tensor(.batchMean, [2], [3], on: device),
            variance: tensor(.batchVariance, [2], [3], on: device))
        _ = device.batchNormalizationBackward(
            tensor(.batchGradient, [2, 2, 1, 3], input.shape, on: device), input: input, batch: batch,
            parameters)
    }

    /// Two rows of three classes.
    private func lose(on device: any Device) {
        let scores = tensor(.noClasses, [2, 0], [2, 3], on: device)
        let gradient = tensor(.softmaxGradient, [3, 3], [2, 3], on: device)
        _ = device.logSoftmaxBackward(gradient, output: device.logSoftmax(scores))
        _ = device.crossEntropy(
            scores, labels: self == .entropyLabels ? [1] : [1, self == .entropyLabel ? 3 : nil], divisor: 1)
        _ = device.logarithmBackward(tensor(.logarithmGradient, [3, 3], [2, 3], on: device), output: scores)
    }

    /// Six scalars and six integers.
    private func store(on device: any Device) {
        _ = device.store([Float](repeating: 1, count: self == .scalars ? 600 : 6), shape: [2, 3])
        let values = Int8Values(
            [Int8](repeating: 1, count: self == .integers ? 600 : 6), scales: self == .scales ? [1, 2] : [1])
        _ = device.store(int8: values, shape: [2, 3])
        let small = Tensor.wave([3], on: device).storage
        _ = Tensor(shape: [self == .storage ? 3000 : 3], storage: small, on: device)
    }

    /// Matrices of two rows and three columns, and sequences of them.
    private func restructure(on device: any Device) {
        let matrix = Tensor.wave([2, 3], on: device)
        _ = device.reshaped(matrix, to: self == .reshaped ? [3, 3] : [6])
        _ = device.concatenated(matrix, tensor(.concatenated, [3, 2], [2, 2], on: device))
        _ = device.split(matrix, firstCount: self == .negativeSplit ? -1 : self == .wideSplit ? 4 : 1)
        let sequence = device.stacked(
            self == .noSteps ? [] : [matrix, tensor(.steps, [2, 4], [2, 3], on: device)])
        _ = device.step(sequence, at: self == .step ? 2 : 1)
        _ = device.reversed(tensor(.flatSequence, [6], [2, 3], on: device))
    }

    /// Two tensors of one shape.
    private func combine(on device: any Device) {
        let matrix = Tensor.wave([2, 3], on: device)
        _ = device.activationBackward(
            tensor(.activationGradient, [2, 30], [2, 3], on: device), output: matrix, .tanh)
        _ = device.product(matrix, tensor(.product, [3, 2], [2, 3], on: device))
        _ = device.sum(matrix, tensor(.sum, [3, 2], [2, 3], on: device))
        _ = device.selected(
            tensor(.mask, [3], [2], on: device), matrix, tensor(.selected, [2, 4], [2, 3], on: device))
    }

    /// Steps of parameters of two rows and three columns.
    private func optimize(on device: any Device) {
        var weights = Tensor.wave([2, 3], on: device)
        _ = device.normLimited(weights, NormLimits(0...1, axes: [self == .normAxis ? 2 : 0]))
        device.blend(&weights, with: tensor(.blend, [3, 2], [2, 3], on: device), amount: 0.5)
        let gradient = tensor(.adamGradient, [2, 4], [2, 3], on: device)
        var adam = Moments(
            first: tensor(.adamFirst, [1], [2, 3], on: device),
            second: tensor(.adamSecond, [1], [2, 3], on: device))
        device.adam(&weights, &adam, gradient: gradient, AdamStep(rate: 1, count: 1))
        var adadelta = Moments(
            first: tensor(.adadeltaFirst, [1], [2, 3], on: device),
            second: tensor(.adadeltaSecond, [1], [2, 3], on: device))
        device.adadelta(&weights, &adadelta, gradient: gradient, AdadeltaStep(rate: 1))
        var velocity = tensor(.velocity, [1], [2, 3], on: device)
        device.momentum(&weights, velocity: &velocity, gradient: gradient, MomentumStep(rate: 1))
    }
}

/// The messages are printed in release builds, too, unlike those of `precondition`.
@Test(arguments: KernelMisuse.allCases)
func misuseOfAKernelEndsWithAMessageOnEveryDevice(_ misuse: KernelMisuse) async throws {
    let plain = await #expect(
        processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [misuse] in misuse.commit(on: reference) }
    let fast = await #expect(
        processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [misuse] in misuse.commit(on: device) }
    let messages = [plain, fast].map { message(of: $0?.standardErrorContent ?? []) }
    #expect(messages[0].contains("Fatal error: ") && messages[0] == messages[1])
}

/// The line that names the broken rule.
private func message(of output: [UInt8]) -> String {
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
    return lines.first { $0.contains("Fatal error: ") }.map(String.init) ?? "\(lines.prefix(3))"
}
