internal import CKernels
internal import COneDNN
internal import Tensors

/// A convolution of inference as the product of patches and kernel (im2col), block by block; see `gemm.h`. The output
/// of an image does not depend on its batch, bit for bit.
struct PatchConvolution: InferenceConvolution {
    private let problem: ConvolutionProblem
    private let context: Context

    /// Nil if channels are not a multiple of the panel, and for dilated kernels.
    init?(_ problem: ConvolutionProblem, in context: Context) {
        guard problem.precision == .float32, problem.input[3] > 0,
            problem.input[3] % PanelProduct.panel == 0, problem.kernel[3] % PanelProduct.panel == 0,
            problem.options.dilation == .square(1), problem.output.count > 0
        else { return nil }
        self.problem = problem
        self.context = context
    }

    /// The outputs in row-major order.
    func inferred(_ input: Memory, kernel: CPUStorage, _ epilogue: Epilogue) -> Memory {
        let length = min(problem.output.rows, Self.blockLength), outputs = problem.output[3]
        guard let product = PanelProduct(kernel) else {
            fatalError("a kernel \(problem.kernel) does not fill panels")
        }
        let image = context.reordered(input, to: .blocked(problem.input))
        let result = context.memory(.rowMajor(problem.output)), patches = product.scratch(rows: length)
        withExtendedLifetime((image, epilogue)) {
            for start in stride(from: 0, to: problem.output.rows, by: length) {
                let rows = start..<min(start + length, problem.output.rows)
                let block = result.floats + start * outputs
                pack(rows, of: image, into: patches)
                product.fill(block, patches, rows.count) { part, columns in
                    let corner = block + part.lowerBound * outputs + columns.lowerBound
                    kernels.elementwise.add_bias(
                        crnn_matrix(values: corner, stride: outputs),
                        epilogue.kernelEpilogue(from: columns.lowerBound), part.count, columns.count)
                }
            }
        }
        return result
    }

    /// Packs the patches of some outputs, counted through all images.
    private func pack(_ rows: Range<Int>, of image: Memory, into patches: Memory) {
        let sliding = crnn_sliding(
            inputs: crnn_planes(problem.input), outputs: crnn_planes(problem.output),
            window: crnn_window(problem))
        context.forEachRange(of: rows.count, grain: 4) { range in
            crnn_pack_patches(
                patches.floats + range.lowerBound * PanelProduct.panel, rows.count * PanelProduct.panel,
                image.floats, sliding,
                crnn_range(first: rows.lowerBound + range.lowerBound, count: range.count))
        }
    }

    /// The number of outputs in a block: enough for products at full speed.
    private static let blockLength = 512
}
