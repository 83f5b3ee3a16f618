internal import CKernels
internal import COneDNN
internal import Tensors

/// A convolution with a 3×3 kernel and unit strides by Winograd's algorithm. It takes a quarter of the direct sum's
/// multiplications; see `winograd.h`.
///
/// Tiles are computed block by block, so that the matrices between the three steps stay small. All threads share each
/// step: the transforms by tiles or channels, the products by points.
struct WinogradConvolution: InferenceConvolution, TrainingConvolution {
    let problem: ConvolutionProblem
    let context: Context

    /// Nil if the algorithm does not apply, or if it costs more than it saves: because of incomplete tiles, or because
    /// a training step computes a kernel's values at all points for only a few tiles.
    init?(_ problem: ConvolutionProblem, _ pass: ConvolutionPass, in context: Context) {
        let (input, kernel, output) = (problem.input, problem.kernel, problem.output)
        let tiles = (output[1] + 3) / 4 * ((output[2] + 3) / 4)
        let covered = Double(output[1] * output[2]) / Double(tiles * 16)
        guard problem.precision == .float32, kernel[0] == 3, kernel[1] == 3,
            problem.options.strides == .square(1),
            problem.options.dilation == .square(1), input[3] % PanelProduct.panel == 0,
            output[3] % PanelProduct.panel == 0,
            input[0] > 0, covered >= 0.4, pass == .inference || tiles * input[0] >= 32
        else { return nil }
        self.problem = problem
        self.context = context
    }

    /// The outputs of inference, in blocks of eight channels. The kernel's values at all points are cached, unless the
    /// device does not cache kernels and the images are small: then it takes longer to compute and store all of these
    /// values than to convolve.
    func inferred(_ input: Memory, kernel: CPUStorage, _ epilogue: Epilogue) -> Memory {
        if !context.cachesKernels, forwards.tiles <= Self.fewTiles {
            let weights = kernel.rowMajor
            return convolved(forwards, input, epilogue) { tiles, patches, pass, count in
                multiplyUnpacked(patches, weights, into: tiles.points, pass.sizes(count))
            }
        }
        let points = kernelPoints(kernel)
        return convolved(forwards, input, epilogue) { tiles, patches, pass, count in
            multiply(patches, points, into: tiles.points, pass.sizes(count))
        }
    }

    private func kernelPoints(_ kernel: CPUStorage) -> Memory {
        let layout = Self.pointsLayout(inputs: problem.kernel[2], outputs: problem.kernel[3])
        return kernel.packed(.kernel(problem.kernel), as: layout) { kernel in
            let weights = kernel.rowMajor
            return withExtendedLifetime(weights) {
                points(of: WinogradWeights(weights, problem.kernel))
            }
        }
    }

    /// The outputs of a training step. The kernel's values at all points are computed part by part and not kept.
    func output(_ input: Memory, kernel: CPUStorage, _ epilogue: Epilogue) -> Memory {
        let plain = kernel.rowMajor, weights = WinogradWeights(plain, problem.kernel)
        return withExtendedLifetime(plain) {
            convolved(forwards, input, epilogue) { tiles, patches, pass, count in
                multiply(patches, weights, into: tiles, tiles: count)
            }
        }
    }

    /// The gradient for the input: the convolution of the output's gradient with the transposed kernel, rotated by
    /// 180°.
    ///
    /// - Parameter mask: The output of a ReLU. The gradient counts as zero unless the mask is positive.
    func inputGradient(_ gradient: Memory, mask: Memory?, kernel: CPUStorage) -> Memory {
        let (inputs, outputs) = (problem.kernel[2], problem.kernel[3])
        let transposed = context.reordered(
            context.view(kernel.rowMajor, as: .dense([9, inputs, outputs])),
            to: Descriptor([9, inputs, outputs], strides: [inputs * outputs, 1, inputs]))
        let weights = WinogradWeights(transposed, [3, 3, outputs, inputs]).rotated
        let pass = WinogradPass(
            source: problem.output, target: problem.input, top: 2 - margins.height, left: 2 - margins.width)
        return withExtendedLifetime(transposed) {
            convolved(pass, gradient, mask: mask, .none) { tiles, patches, _, count in
                multiply(patches, weights, into: tiles, tiles: count)
            }
        }
    }

    /// The gradients of the kernel, row-major, and of the bias.
    func weightGradients(_ gradient: Memory, mask: Memory?, input: Memory) -> (kernel: Memory, bias: Memory) {
        let pass = forwards
        let image = blocked(input, pass.source), gradient = blocked(gradient, pass.target)
        let mask = mask.map { blocked($0, pass.target) }
        let patches = matrices(pass, channels: pass.source[3])
        let tiles = matrices(pass, channels: pass.target[3])
        let kernel = context.zeros(problem.kernel.dimensions)
        let sums = context.zeros([context.threads, pass.target[3]])
        pass.forEachBlock { block in
            forEachPart(of: block, channels: pass.source[3]) {
                patches.fill(image, mask: nil, pass, $0)
            }
            context.forEachShare(of: block.count, grain: 4) { share, range in
                tiles.fillGradients(
                    gradient, mask: mask, sums: sums.floats + share * pass.target[3], pass, block.lowerBound,
                    range)
            }
            addKernelGradient(WinogradWeights(kernel, problem.kernel), patches, tiles, tiles: block.count)
        }
        return withExtendedLifetime((image, gradient, mask)) {
            (context.view(kernel, as: .rowMajor(problem.kernel)), columnSums(sums, pass.target[3]))
        }
    }

    private var margins: Extent {
        problem.options.margins(of: problem.input, kernel: problem.kernel).before
    }

    private var forwards: WinogradPass {
        WinogradPass(source: problem.input, target: problem.output, top: margins.height, left: margins.width)
    }

    /// Adds a block's part of the kernel's gradient. Takes some inputs at a time, whose gradients at all points stay in
    /// the cache.
    private func addKernelGradient(
        _ kernel: WinogradWeights, _ patches: PointMatrices, _ tiles: PointMatrices, tiles count: Int
    ) {
        let length = Self.partLength(acrossFrom: kernel.outputs)
        let products = context.memory(.dense([Self.points, min(length, kernel.inputs), kernel.outputs]))
        for input in stride(from: 0, to: kernel.inputs, by: length) {
            let part = kernel.inputs(input..<min(input + length, kernel.inputs))
            context.forEachRange(of: Self.points, grain: 1) { range in
                kernels.winograd.kernel_products(
                    products.floats, patches.columns(from: input), tiles.points, part.sizes(tiles: count),
                    crnn_range(range))
            }
            context.forEachRange(of: part.inputs, grain: 8) { range in
                kernels.winograd.kernel_gradient(
                    part.weights, products.floats, part.sizes(tiles: count), crnn_range(range))
            }
        }
    }

    private func columnSums(_ rows: Memory, _ columns: Int) -> Memory {
        let sums = context.memory(problem.bias)
        kernels.elementwise.column_sums(sums.floats, rows.floats, context.threads, columns)
        return withExtendedLifetime(rows) { sums }
    }

    /// The convolution of a source by `multiply`, which computes the tiles of a block from its patches.
    private func convolved(
        _ pass: WinogradPass, _ source: Memory, mask: Memory? = nil, _ epilogue: Epilogue,
        _ multiply: (_ tiles: PointMatrices, _ patches: PointMatrices, WinogradPass, _ count: Int) -> Void
    ) -> Memory {
        let image = blocked(source, pass.source), mask = mask.map { blocked($0, pass.source) }
        let result = context.memory(.blocked(pass.target))
        let patches = matrices(pass, channels: pass.source[3])
        let tiles = matrices(pass, channels: pass.target[3])
        pass.forEachBlock { block in
            forEachPart(of: block, channels: pass.source[3]) {
                patches.fill(image, mask: mask, pass, $0)
            }
            multiply(tiles, patches, pass, block.count)
            forEachPart(of: block, channels: pass.target[3]) { part in
                kernels.winograd.pixels(
                    part.images(result, pass.target).images, tiles.from(part),
                    epilogue.kernelEpilogue(from: part.channel), pass.tiling, part.tiles)
            }
        }
        return withExtendedLifetime((image, mask, epilogue)) { result }
    }

    /// Calls `body` for parts of a block's transforms: for ranges of tiles, or of channels if these make more parts.
    private func forEachPart(of block: Range<Int>, channels: Int, _ body: (TransformPart) -> Void) {
        let panels = channels / PanelProduct.panel
        if block.count / 4 >= panels {
            context.forEachRange(of: block.count, grain: 4) {
                body(TransformPart(block: block, rows: $0, panels: 0..<panels))
            }
        } else {
            context.forEachRange(of: panels, grain: 1) {
                body(TransformPart(block: block, rows: 0..<block.count, panels: $0))
            }
        }
    }

    private func multiplyUnpacked(
        _ patches: PointMatrices, _ kernel: Memory, into tiles: crnn_point_matrices,
        _ sizes: crnn_winograd_sizes
    ) {
        let length = Int(crnn_winograd_workspace)
        let workspaces = context.memory(.dense([context.threads, length]))
        let weights = WinogradWeights(kernel, problem.kernel).weights
        withExtendedLifetime(kernel) {
            context.forEachShare(of: problem.kernel[3] / PanelProduct.panel, grain: 1) { share, range in
                kernels.winograd.unpacked_products(
                    tiles, patches.points, weights, workspaces.floats + share * length, sizes,
                    crnn_range(range))
            }
        }
    }

    private func multiply(
        _ patches: PointMatrices, _ kernel: Memory, into tiles: crnn_point_matrices,
        _ sizes: crnn_winograd_sizes
    ) {
        context.forEachRange(of: Self.points, grain: 1) { range in
            kernels.winograd.products(tiles, patches.points, kernel.floats, sizes, crnn_range(range))
        }
    }

    /// The products with a kernel. Takes some outputs at a time, whose values at all points stay in the L3 cache.
    private func multiply(
        _ patches: PointMatrices, _ kernel: WinogradWeights, into tiles: PointMatrices, tiles count: Int
    ) {
        let length = Self.partLength(acrossFrom: kernel.inputs)
        for output in stride(from: 0, to: kernel.outputs, by: length) {
            let part = kernel.outputs(output..<min(output + length, kernel.outputs))
            multiply(
                patches, points(of: part), into: tiles.columns(from: output),
                part.sizes(tiles: count))
        }
    }

    private func points(of kernel: WinogradWeights) -> Memory {
        let result = context.memory(Self.pointsLayout(inputs: kernel.inputs, outputs: kernel.outputs))
        context.forEachRange(of: kernel.inputs, grain: 8) { range in
            kernels.winograd.kernel(
                result.floats, kernel.weights, kernel.sizes(tiles: 0), crnn_range(range))
        }
        return result
    }

    private func blocked(_ memory: Memory, _ shape: Shape) -> Memory {
        context.reordered(memory, to: .blocked(shape))
    }

    private func matrices(_ pass: WinogradPass, channels: Int) -> PointMatrices {
        PointMatrices(rows: pass.blockLength, channels: channels, in: context)
    }

    /// The most tiles for which it is faster to compute a kernel's values at all points in passing than to store them.
    private static let fewTiles = 64

    private static let points = Int(crnn_winograd_points)

    /// The number of outputs whose values at all points take about 20 MB, for a kernel with `count` inputs; or of
    /// inputs, for a kernel with `count` outputs.
    private static func partLength(acrossFrom count: Int) -> Int {
        max(1, (1 << 17) / count / PanelProduct.panel) * PanelProduct.panel
    }

    private static func pointsLayout(inputs: Int, outputs: Int) -> Descriptor {
        .dense([points, outputs / PanelProduct.panel, inputs, PanelProduct.panel])
    }
}
