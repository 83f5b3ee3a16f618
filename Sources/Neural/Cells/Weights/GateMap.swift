internal import Tensors

/// A map from inputs or states to the sums of gates.
enum GateMap {
    /// A product of rows and a kernel `[features × gates·units]`.
    case linear
    /// A convolution by a kernel `[height × width × channels × gates·filters]`.
    case convolution(ConvolutionOptions)

    /// The sums. Training uses the inference kernel, too: it prepares the weights once for all steps.
    func callAsFunction(_ input: Tensor, kernel: Tensor, bias: Tensor) -> Tensor {
        switch self {
        case .linear: input.device.linear(input, kernel: kernel, bias: bias)
        case .convolution(let options):
            input.device.convolution(input, kernel: kernel, bias: bias, options)
        }
    }

    /// The gradients, from that of the sums.
    func backward(_ outputGradient: Tensor, input: Tensor, kernel: Tensor) -> LinearGradients {
        switch self {
        case .linear: return input.device.linearBackward(outputGradient, input: input, kernel: kernel)
        case .convolution(let options):
            // Without an activation, only the output's shape is used.
            let gradients = input.device.convolutionBackward(
                outputGradient, input: input, kernel: kernel, output: outputGradient, options,
                needsInput: true)
            guard let dx = gradients.input else { fatalError("no gradient for the input") }
            return LinearGradients(input: dx, kernel: gradients.kernel, bias: gradients.bias)
        }
    }
}
