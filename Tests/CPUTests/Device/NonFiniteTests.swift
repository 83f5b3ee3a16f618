import CPU
import Tensors
import TestSupport
import Testing

/// The results of a kernel whose inputs `poison` makes infinite or NaN.
struct PoisonedKernel: Sendable, CustomTestStringConvertible {
    let name: String
    let results: @Sendable (_ poison: Float, any Device) -> [Tensor]

    var testDescription: String { name }

    init(
        _ name: String, _ results: @escaping @Sendable (_ poison: Float, any Device) -> [Tensor]
    ) {
        (self.name, self.results) = (name, results)
    }

    /// Kernels of floats, forwards and, for convolutions, products and activations, backwards.
    static let all: [PoisonedKernel] =
        convolutions + poolings + normalizations + activations + recurrences + rest

    /// Cases with a poisoned pixel, weight or bias, for kernels of this module and of oneDNN, forward and backward.
    private static let convolutions = ConvolutionCase.grid.flatMap { given in
        [nil, 0, 1, 2].compactMap { place -> PoisonedKernel? in
            guard given.options.activation == .relu || given.options.activation == .identity else {
                return nil
            }
            let name =
                "convolution \(given), poisoned \(place.map { ["input", "kernel", "bias"][$0] } ?? "dy")"
            return PoisonedKernel(name) { poison, device in
                let input = tensor(given.input, place == 0 ? poison : nil, on: device)
                let kernel = tensor(given.kernel, place == 1 ? poison : nil, on: device)
                let bias = tensor([given.kernel[3]], place == 2 ? poison : nil, on: device)
                let output = device.convolutionForward(input, kernel: kernel, bias: bias, given.options)
                guard place == nil else {
                    return [output, device.convolution(input, kernel: kernel, bias: bias, given.options)]
                }
                let gradients = device.convolutionBackward(
                    tensor(output.shape, poison, on: device), input: input, kernel: kernel, output: output,
                    given.options, needsInput: true)
                return [gradients.kernel, gradients.bias, gradients.input].compactMap(\.self)
            }
        }
    }

    private static let poolings = PoolingCase.grid.map { given in
        PoisonedKernel("max pooling \(given)") { poison, device in
            let input = tensor(given.shape, poison, on: device)
            return [
                device.maxPooling(input, given.window, relu: given.relu),
                device.maxPoolingForward(input, given.window, relu: given.relu).output,
            ]
        }
    }

    private static let normalizations = [Activation.identity, .relu].map { activation in
        PoisonedKernel("batch normalization, \(activation)") { poison, device in
            let shape: Shape = [2, 4, 5, 16], input = tensor(shape, poison, on: device)
            let parameters = NormalizationParameters(
                scale: .wave([16], on: device), shift: .wave([16], seed: 1, on: device), epsilon: 1e-3,
                activation: activation)
            let ones = Tensor(repeating: 1, shape: [16], on: device)
            return [
                device.batchNormalizationForward(input, parameters).output,
                device.batchNormalization(input, mean: ones, variance: ones, parameters),
            ]
        }
    }

    private static let activations = Activation.allCases.map { activation in
        PoisonedKernel("\(activation)") { poison, device in
            let output = device.activation(.wave([3, 37], on: device), activation)
            return [
                device.activation(tensor([3, 37], poison, on: device), activation),
                device.activationBackward(tensor([3, 37], poison, on: device), output: output, activation),
            ]
        }
    }

    private static let recurrences = RecurrenceCase.kinds.flatMap { kind in
        [9, 16].map { units in
            PoisonedKernel("\(kind) of \(units) units") { poison, device in
                let gates = kind.gates * units
                let weights = RecurrentWeights(
                    kernel: .wave([16, gates], on: device),
                    recurrentKernel: .wave([units, gates], seed: 1, on: device),
                    bias: .wave(
                        kind == .gru(resetAfter: true) ? [2, gates] : [gates], seed: 2, on: device))
                let input = RecurrentInput(tensor([3, 5, 16], poison, on: device))
                let output = device.recurrenceForward(input, weights, Recurrence(kind)).output
                return [output.output] + output.state
            }
        }
    }

    private static let rest = [
        PoisonedKernel("sums, products, scaling") { poison, device in
            let (x, y) = (tensor([3, 37], poison, on: device), Tensor.wave([3, 37], seed: 1, on: device))
            return [device.sum(y, x), device.product(x, y), device.scaled(x, by: 2, plus: 1)]
        },
        PoisonedKernel("linear") { poison, device in
            let x = tensor([7, 16], poison, on: device), kernel = Tensor.wave([16, 33], on: device)
            let gradients = device.linearBackward(
                tensor([7, 33], poison, on: device), input: x, kernel: kernel)
            return [
                device.linear(x, kernel: kernel, bias: .wave([33], on: device)), gradients.kernel,
                gradients.bias, gradients.input,
            ]
        },
        PoisonedKernel("squared norm") { poison, device in
            let norm = device.squaredNorm(tensor([99], poison, on: device))
            return [Tensor([Float(norm)], shape: [1], on: device)]
        },
    ]

    private static func tensor(_ shape: Shape, _ poison: Float?, on device: any Device) -> Tensor {
        var scalars = wave(shape)
        if let poison, !scalars.isEmpty { scalars[scalars.count / 2] = poison }
        return Tensor(scalars, shape: shape, on: device)
    }
}

/// Each value that is not finite with the reference is not finite with the device, so a diverging run is noticed.
/// Winograd's algorithm may spread such a value over a tile.
@Test(arguments: PoisonedKernel.all, [Float.nan, .infinity, -.infinity])
func whatIsNotFiniteStaysVisible(_ kernel: PoisonedKernel, poison: Float) {
    let found = kernel.results(poison, device), expected = kernel.results(poison, reference)
    for (tensor, (found, expected)) in zip(found, expected).enumerated() {
        let hidden = zip(found.scalars, expected.scalars).enumerated().filter {
            !$1.1.isFinite && $1.0.isFinite || $1.1.isNaN && $1.0.isInfinite
        }
        #expect(hidden.isEmpty, "result \(tensor), first at \(hidden.first?.offset ?? 0) of \(found.shape)")
    }
}

@Test(.enabled(if: hasHalfKernels, "needs 16-bit floats"), arguments: ConvolutionCase.grid)
func nanStaysVisibleIn16BitConvolutions(_ given: ConvolutionCase) {
    var scalars = wave(given.input)
    scalars[scalars.count / 2] = .nan
    func outputs(on device: any Device) -> [Tensor] {
        let input = Tensor(scalars, shape: given.input, on: device)
        let kernel = Tensor.wave(given.kernel, on: device), bias = Tensor.wave([given.kernel[3]], on: device)
        return [
            device.convolution(input, kernel: kernel, bias: bias, given.options),
            device.convolutionForward(input, kernel: kernel, bias: bias, given.options),
        ]
    }
    for (found, expected) in zip(outputs(on: halfDevice), outputs(on: reference)) {
        let isVisible = zip(found.scalars, expected.scalars).allSatisfy { $0.isNaN || !$1.isNaN }
        #expect(isVisible)
    }
}

@Test(.enabled(if: hasHalfKernels, "needs 16-bit floats"), arguments: PoolingCase.grid)
func nanStaysVisibleIn16BitPooling(_ given: PoolingCase) {
    var scalars = wave(given.shape)
    scalars[scalars.count / 2] = .nan
    func outputs(on device: any Device) -> [Tensor] {
        let image = image(Tensor(scalars, shape: given.shape, on: device), .bfloat16, on: device)
        return [
            device.maxPooling(image, given.window, relu: given.relu),
            device.maxPoolingForward(image, given.window, relu: given.relu).output,
        ]
    }
    for (index, (found, expected)) in zip(outputs(on: halfDevice), outputs(on: reference)).enumerated() {
        let isVisible = zip(found.scalars, expected.scalars).allSatisfy { $0.isNaN || !$1.isNaN }
        #expect(isVisible, "result \(index)")
    }
}

/// As in PyTorch: where a ReLU is inactive, it stops a gradient of NaN, too.
@Test(arguments: [device as any Device, reference])
func anInactiveReLUStopsAGradientThatIsNotFinite(on device: any Device) {
    let output = Tensor([0, 1, 0, 2], shape: [4], on: device)
    let gradient = Tensor([.nan, .nan, .infinity, 3], shape: [4], on: device)
    let found = device.activationBackward(gradient, output: output, .relu).scalars
    #expect(found[0] == 0 && found[1].isNaN && found[2] == 0 && found[3] == 3)
}
