internal import CKernels
internal import COneDNN
internal import Tensors

/// The weights' gradients of a first layer: a 3×3 kernel with unit strides over images of one channel, for which
/// oneDNN would copy the output's gradient, the largest tensor of a training step, into another layout first.
struct ThinConvolution {
    private let problem: ConvolutionProblem
    private let context: Context

    /// Nil for other convolutions.
    init?(_ problem: ConvolutionProblem, in context: Context) {
        guard crnn_vectors_run(), problem.precision == .float32,
            problem.kernel.dimensions.prefix(3) == [3, 3, 1],
            problem.kernel[3] % Int(crnn_lanes) == 0, problem.options.strides == .square(1),
            problem.options.dilation == .square(1)
        else { return nil }
        self.problem = problem
        self.context = context
    }

    /// The gradients for kernel, row-major, and bias.
    func weightGradients(_ gradient: Memory, input: OneDNNStorage) -> (kernel: Memory, bias: Memory) {
        let (shape, outputs) = (problem.input, problem.output)
        let margins = problem.options.margins(of: shape, kernel: problem.kernel).before
        let source = input.rowMajor, gradient = context.reordered(gradient, to: .blocked(outputs))
        let image = crnn_grey_image(
            values: source.floats, height: shape[1], width: shape[2], top: margins.height, left: margins.width
        )
        let kernel = context.memory(.rowMajor(problem.kernel)), bias = context.memory(problem.bias)
        context.forEachRange(of: outputs[3] / Int(crnn_lanes), grain: 1) { blocks in
            crnn_thin_kernel_gradient(
                kernel.floats, bias.floats, image, gradient.floats, crnn_planes(outputs), shape[0],
                crnn_range(blocks))
        }
        return withExtendedLifetime((source, gradient)) { (kernel, bias) }
    }
}
