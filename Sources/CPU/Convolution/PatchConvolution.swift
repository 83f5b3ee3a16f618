internal import CKernels
internal import COneDNN
internal import Tensors

/// A convolution for an answer that this module computes itself.
protocol InferenceConvolution {
    /// The outputs, after the ReLU if `relu`; what is derived from the kernel may be kept.
    func answer(_ input: Memory, kernel: CPUStorage, bias: Memory, relu: Bool) -> Memory
}

/// A convolution of a training step that this module computes itself.
protocol TrainingConvolution {
    /// The outputs, after the ReLU if `relu`.
    func output(_ input: Memory, kernel: CPUStorage, bias: Memory, relu: Bool) -> Memory
}

/// A convolution for an answer as a product of patches and kernel, block by block; see `patches.h`. An image's features
/// do not depend on its batch, bit for bit.
struct PatchConvolution: InferenceConvolution {
    private let problem: ConvolutionProblem
    private let context: Context

    /// Nil where channels do not part into whole panels, and for dilated kernels.
    init?(_ problem: ConvolutionProblem, in context: Context) {
        guard problem.precision == .float32, problem.input[3] > 0,
            problem.input[3] % PanelProduct.panel == 0, problem.kernel[3] % PanelProduct.panel == 0,
            problem.options.dilation == .square(1), problem.output.count > 0
        else { return nil }
        self.problem = problem
        self.context = context
    }

    /// The outputs, the channels of a pixel side by side.
    func answer(_ input: Memory, kernel: CPUStorage, bias: Memory, relu: Bool) -> Memory {
        let length = min(problem.output.rows, Self.blockLength), outputs = problem.output[3]
        guard let product = PanelProduct(kernel) else {
            preconditionFailure("a kernel \(problem.kernel) in panels")
        }
        let image = context.reordered(input, to: .blocked(problem.input))
        let result = context.memory(.rowMajor(problem.output)), patches = product.scratch(rows: length)
        withExtendedLifetime((image, bias)) {
            for start in stride(from: 0, to: problem.output.rows, by: length) {
                let rows = start..<min(start + length, problem.output.rows)
                let block = result.floats + start * outputs
                pack(rows, of: image, into: patches)
                product.fill(block, patches, rows.count) { part, columns in
                    kernels.elementwise.add_bias(
                        block + part.lowerBound * outputs + columns.lowerBound, outputs,
                        bias.floats + columns.lowerBound, part.count, columns.count, relu)
                }
            }
        }
        return result
    }

    /// The patches under some outputs, counted through all images.
    private func pack(_ rows: Range<Int>, of image: Memory, into patches: Memory) {
        let margins = problem.options.margins(of: problem.input, kernel: problem.kernel).before
        let window = crnn_window(
            height: problem.kernel[0], width: problem.kernel[1], row_step: problem.options.strides.height,
            column_step: problem.options.strides.width, top: margins.height, left: margins.width)
        context.forEachRange(of: rows.count, grain: 4) { range in
            crnn_pack_patches(
                patches.floats + range.lowerBound * PanelProduct.panel, rows.count * PanelProduct.panel,
                image.floats, crnn_planes(problem.input), crnn_planes(problem.output), window,
                crnn_range(first: rows.lowerBound + range.lowerBound, count: range.count))
        }
    }

    /// How many outputs are worked on at once: enough for products at full speed.
    private static let blockLength = 512
}
