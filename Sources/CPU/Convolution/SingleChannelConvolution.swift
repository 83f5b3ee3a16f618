internal import CKernels
internal import COneDNN
internal import Tensors

/// A first layer: a convolution with a 3×3 kernel and unit strides over images of one channel. Its sums are too short
/// for a product, and its output, the largest tensor of a network, is written once, in the layout of the next layer.
struct SingleChannelConvolution: InferenceConvolution, TrainingConvolution {
    private let problem: ConvolutionProblem
    private let context: Context

    /// Nil for other convolutions.
    init?(_ problem: ConvolutionProblem, in context: Context) {
        guard problem.precision == .float32, problem.kernel.dimensions.prefix(3) == [3, 3, 1],
            problem.kernel[3] % Int(crnn_lanes) == 0, problem.options.strides == .square(1),
            problem.options.dilation == .square(1)
        else { return nil }
        self.problem = problem
        self.context = context
    }

    /// The outputs in blocks of eight channels.
    func output(_ input: Memory, kernel: CPUStorage, bias: Memory, relu: Bool) -> Memory {
        let outputs = problem.output, weights = kernel.rowMajor
        let source = context.reordered(input, to: .rowMajor(problem.input))
        let result = context.memory(.blocked(outputs))
        context.forEachRange(
            of: outputs[0] * outputs[1], grain: max(1, (1 << 14) / (outputs[2] * outputs[3]))
        ) {
            kernels.images.single_channel_convolution(
                result.floats, image(source), weights.floats, bias.floats, relu, crnn_planes(outputs),
                crnn_range($0))
        }
        return withExtendedLifetime((source, weights, bias)) { result }
    }

    /// As ``output(_:kernel:bias:relu:)``: nothing is derived from so small a kernel.
    func answer(_ input: Memory, kernel: CPUStorage, bias: Memory, relu: Bool) -> Memory {
        output(input, kernel: kernel, bias: bias, relu: relu)
    }

    /// The gradients for kernel, row-major, and bias.
    func weightGradients(_ gradient: Memory, input: CPUStorage) -> (kernel: Memory, bias: Memory) {
        let outputs = problem.output, source = input.rowMajor
        let gradient = context.reordered(gradient, to: .blocked(outputs))
        let kernel = context.memory(.rowMajor(problem.kernel)), bias = context.memory(problem.bias)
        context.forEachRange(of: outputs[3] / Int(crnn_lanes), grain: 1) { blocks in
            kernels.images.single_channel_gradient(
                kernel.floats, bias.floats, image(source), gradient.floats, crnn_planes(outputs),
                problem.input[0], crnn_range(blocks))
        }
        return withExtendedLifetime((source, gradient)) { (kernel, bias) }
    }

    private func image(_ source: Memory) -> crnn_single_channel_image {
        let margins = problem.options.margins(of: problem.input, kernel: problem.kernel).before
        return crnn_single_channel_image(
            values: source.floats, height: problem.input[1], width: problem.input[2], top: margins.height,
            left: margins.width)
    }
}
