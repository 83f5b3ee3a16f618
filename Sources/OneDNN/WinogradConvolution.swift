internal import CKernels
internal import COneDNN
internal import Tensors

/// A convolution with a 3×3 kernel and unit strides by Winograd's algorithm, which takes a quarter of the direct
/// sum's multiplications; see `winograd.h`.
///
/// Tiles are worked through block by block, so that what lies between the three steps stays small: all threads
/// share each step, by tiles around the products and by points within them.
struct WinogradConvolution {
    let problem: ConvolutionProblem
    let context: Context

    /// Nil where the algorithm does not apply, or loses more by incomplete tiles and thin channels than it saves.
    init?(_ problem: ConvolutionProblem, in context: Context) {
        let (input, kernel, output) = (problem.input, problem.kernel, problem.output)
        let covered = Double(output[1] * output[2]) / Double(Self.tiles(of: output) * 16)
        guard crnn_winograd_runs(), kernel[0] == 3, kernel[1] == 3, problem.options.strides == .square(1),
            problem.options.dilation == .square(1), input[3] % Self.panel == 0, output[3] % Self.panel == 0,
            input[0] > 0, covered >= 0.4
        else { return nil }
        self.problem = problem
        self.context = context
    }

    /// How many tiles cover one image.
    private static func tiles(of output: Shape) -> Int { (output[1] + 3) / 4 * ((output[2] + 3) / 4) }

    /// The layout of the kernel's values at all points.
    var kernelLayout: Descriptor { Self.pointsLayout(problem.kernel[2], problem.kernel[3]) }

    /// The kernel's values at all points.
    func kernelPoints(_ kernel: OneDNNStorage) -> Memory {
        points(of: kernel.rowMajor, inputs: problem.kernel[2], outputs: problem.kernel[3], rotated: false)
    }

    /// The convolution of an image, in the layout in which oneDNN's own kernels like images here.
    func output(_ input: Memory, kernelPoints: Memory, bias: Memory, relu: Bool) -> Memory {
        let margins = problem.options.margins(of: problem.input, kernel: problem.kernel).before
        let pass = WinogradPass(
            source: problem.input, target: problem.output, top: margins.height, left: margins.width)
        return convolved(pass, input, mask: nil, kernelPoints, bias: bias, relu: relu)
    }

    /// The gradient for the input: the convolution of the output's gradient with the kernel turned by half a turn.
    ///
    /// - Parameter mask: Where its scalars are not positive, the gradient counts as zero; for a ReLU.
    func inputGradient(_ gradient: Memory, mask: Memory?, kernel: OneDNNStorage) -> Memory {
        let (inputs, outputs) = (problem.kernel[2], problem.kernel[3])
        let turned = context.reordered(
            context.view(kernel.rowMajor, as: .dense([9, inputs, outputs])),
            to: Descriptor([9, inputs, outputs], strides: [inputs * outputs, 1, inputs]))
        let margins = problem.options.margins(of: problem.input, kernel: problem.kernel).before
        let pass = WinogradPass(
            source: problem.output, target: problem.input, top: 2 - margins.height, left: 2 - margins.width)
        return convolved(
            pass, gradient, mask: mask, points(of: turned, inputs: outputs, outputs: inputs, rotated: true),
            bias: nil, relu: false)
    }

    /// The gradients for kernel, row-major, and bias.
    func weightGradients(_ gradient: Memory, mask: Memory?, input: Memory) -> (kernel: Memory, bias: Memory) {
        let margins = problem.options.margins(of: problem.input, kernel: problem.kernel).before
        let pass = WinogradPass(
            source: problem.input, target: problem.output, top: margins.height, left: margins.width)
        let image = blocked(input, pass.source), gradient = blocked(gradient, pass.target)
        let mask = mask.map { blocked($0, pass.target) }
        let patches = matrices(pass, channels: pass.source[3])
        let tiles = matrices(pass, channels: pass.target[3])
        let products = context.memory(.dense([Self.points, pass.source[3], pass.target[3]]))
        let sums = context.zeros([context.threads, pass.target[3]])
        pass.forEachBlock { block in
            context.forEachRange(of: block.count, grain: 4) { range in
                patches.fill(image, mask: nil, pass.source, pass, block.lowerBound, range)
            }
            context.forEachShare(of: block.count, grain: 4) { share, range in
                tiles.fillGradients(
                    gradient, mask: mask, sums: sums.floats + share * pass.target[3], pass, block.lowerBound,
                    range)
            }
            context.forEachRange(of: Self.points, grain: 1) { range in
                crnn_winograd_kernel_products(
                    products.floats, patches.points, tiles.points, pass.sizes(block.count),
                    block.lowerBound > 0, crnn_range(range))
            }
        }
        return (kernelGradient(products, pass), columnSums(sums, pass.target[3]))
    }

    private func kernelGradient(_ products: Memory, _ pass: WinogradPass) -> Memory {
        let kernel = context.memory(.rowMajor(problem.kernel))
        context.forEachRange(of: pass.source[3], grain: 8) { range in
            crnn_winograd_kernel_gradient(kernel.floats, products.floats, pass.sizes(0), crnn_range(range))
        }
        return kernel
    }

    private func columnSums(_ rows: Memory, _ columns: Int) -> Memory {
        let sums = context.memory(problem.bias)
        crnn_column_sums(sums.floats, rows.floats, context.threads, columns)
        return sums
    }

    private func convolved(
        _ pass: WinogradPass, _ source: Memory, mask: Memory?, _ kernel: Memory, bias: Memory?, relu: Bool
    ) -> Memory {
        let image = blocked(source, pass.source), mask = mask.map { blocked($0, pass.source) }
        let result = context.memory(.blocked(pass.target))
        let patches = matrices(pass, channels: pass.source[3])
        let tiles = matrices(pass, channels: pass.target[3])
        pass.forEachBlock { block in
            context.forEachRange(of: block.count, grain: 4) { range in
                patches.fill(image, mask: mask, pass.source, pass, block.lowerBound, range)
            }
            context.forEachRange(of: Self.points, grain: 1) { range in
                crnn_winograd_products(
                    tiles.points, patches.points, kernel.floats, pass.sizes(block.count), crnn_range(range))
            }
            context.forEachRange(of: block.count, grain: 4) { range in
                crnn_winograd_pixels(
                    result.floats, tiles.from(range.lowerBound), bias?.floats, relu,
                    crnn_planes(pass.target), pass.tiling,
                    crnn_range(first: block.lowerBound + range.lowerBound, count: range.count))
            }
        }
        return withExtendedLifetime((image, mask, kernel, bias)) { result }
    }

    private func points(of kernel: Memory, inputs: Int, outputs: Int, rotated: Bool) -> Memory {
        let result = context.memory(Self.pointsLayout(inputs, outputs))
        let sizes = crnn_winograd_sizes(tiles: 0, inputs: inputs, outputs: outputs)
        context.forEachRange(of: inputs, grain: 8) { range in
            crnn_winograd_kernel(result.floats, kernel.floats, sizes, rotated, crnn_range(range))
        }
        return withExtendedLifetime(kernel) { result }
    }

    private func blocked(_ memory: Memory, _ shape: Shape) -> Memory {
        context.reordered(memory, to: .blocked(shape))
    }

    private func matrices(_ pass: WinogradPass, channels: Int) -> PointMatrices {
        PointMatrices(rows: pass.blockLength, channels: channels, in: context)
    }

    private static let panel = Int(crnn_winograd_panel)
    private static let points = Int(crnn_winograd_points)

    private static func pointsLayout(_ inputs: Int, _ outputs: Int) -> Descriptor {
        .dense([points, outputs / panel, inputs, panel])
    }
}
