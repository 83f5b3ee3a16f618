internal import CKernels
internal import COneDNN
internal import Tensors

/// The first layer of a network: a convolution of single-channel images with a 3×3 kernel and unit strides. Its sums
/// are too short for a matrix product. Its output is the largest tensor of a network, so it is written once, in the
/// layout that the next layer reads.
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
    func output(_ input: Memory, kernel: CPUStorage, _ epilogue: Epilogue) -> Memory {
        let outputs = problem.output, weights = kernel.rowMajor
        let source = context.reordered(input, to: .rowMajor(problem.input))
        let result = context.memory(.blocked(outputs))
        context.forEachRange(
            of: outputs[0] * outputs[1], grain: max(1, (1 << 14) / (outputs[2] * outputs[3]))
        ) {
            kernels.images.single_channel_convolution(
                crnn_images(result, outputs), images(source), weights.floats, epilogue.kernelEpilogue(),
                crnn_range($0))
        }
        return withExtendedLifetime((source, weights, epilogue)) { result }
    }

    /// As ``output(_:kernel:_:)``: so small a kernel needs no preparation.
    func inferred(_ input: Memory, kernel: CPUStorage, _ epilogue: Epilogue) -> Memory {
        output(input, kernel: kernel, epilogue)
    }

    /// The gradients of the kernel, row-major, and of the bias.
    func weightGradients(_ gradient: Memory, input: CPUStorage) -> (kernel: Memory, bias: Memory) {
        let outputs = problem.output, source = input.rowMajor
        let gradient = context.reordered(gradient, to: .blocked(outputs))
        let kernel = context.memory(.rowMajor(problem.kernel)), bias = context.memory(problem.bias)
        context.forEachRange(of: outputs[3] / Int(crnn_lanes), grain: 1) { blocks in
            kernels.images.single_channel_gradient(
                kernel.floats, bias.floats, images(source), crnn_images(gradient, outputs),
                crnn_range(blocks))
        }
        return withExtendedLifetime((source, gradient)) { (kernel, bias) }
    }

    private func images(_ source: Memory) -> crnn_single_channel_images {
        let margins = problem.options.margins(of: problem.input, kernel: problem.kernel).before
        return crnn_single_channel_images(
            values: source.floats, count: problem.input[0], height: problem.input[1],
            width: problem.input[2], top: margins.height, left: margins.width)
    }
}
