internal import CKernels
internal import COneDNN
internal import Tensors

/// A convolution of a uint8 image with an int8 kernel of 3×3 and unit strides by Winograd's algorithm in integers. It
/// takes fewer multiplications than the direct sum and gives the same sums, bit for bit; see `int8.h`.
struct Int8Winograd {
    private let problem: ConvolutionProblem
    private let context: Context
    private let kernel: QuantizedStorage
    /// The height and width of a tile: 2 or 4.
    private let tileSize: Int

    /// The most inputs whose sum fits into 32 bits after the multiplication by four: at most 255 for each input and 128
    /// for each of its nine weights.
    private static let mostInputs = Int(Int32.max) / (4 * 255 * 128 * 9)
    /// The largest sum of an output's positive, or of its negative, weights with which the convolution's sums stay
    /// within ±2²⁵, as large tiles require.
    private static let mostWeight = (1 << 25) / 255
    /// The number of large tiles that make up for reading a kernel's values at more points.
    private static let manyTiles = 24

    /// Nil if the algorithm does not apply, or if incomplete tiles cost more than it saves.
    init?(_ problem: ConvolutionProblem, _ kernel: QuantizedStorage, in context: Context) {
        let (shape, output) = (problem.kernel, problem.output)
        let small = output.tiles(of: 2)
        guard shape[0] == 3, shape[1] == 3, problem.options.strides == .square(1),
            problem.options.dilation == .square(1),
            problem.options.activation == .identity || problem.fusesReLU, shape[2] % 16 == 0,
            shape[3] % 16 == 0, shape[2] <= Self.mostInputs, problem.input[0] > 0,
            10 * output[1] * output[2] >= 6 * small * 4
        else { return nil }
        self.problem = problem
        self.context = context
        self.kernel = kernel
        let large = output.tiles(of: 4)
        let isLarge =
            large * 36 < small * 16 && large * output[0] >= Self.manyTiles
            && kernel.greatestSum <= Self.mostWeight
        tileSize = isLarge ? 4 : 2
    }

    /// Whether the algorithm is preferred to oneDNN's direct one. With VNNI, the direct one multiplies int8 twice as
    /// fast as this one multiplies int16. What tiles save in multiplications, their transforms then cost.
    static var isPreferred: Bool {
        !Engine.offers(dnnl_cpu_isa_avx512_core_vnni) && !Engine.offers(dnnl_cpu_isa_avx2_vnni)
    }

    private var points: Int { crnn_int8_winograd_points(tileSize) }

    /// The kernel's values at all points, cached with the kernel.
    private var kernelPoints: Int16Matrices {
        kernel.winogradKernel(tileSize: tileSize) {
            let inputs = problem.kernel[2]
            let matrices = Int16Matrices(points, terms: inputs, columns: problem.kernel[3], in: context)
            context.forEachRange(of: points, grain: 1) { range in
                for point in range {
                    crnn_int8_winograd_kernel(
                        matrices[point], kernel.memory.signedBytes, inputs, tileSize, point)
                }
            }
            return matrices
        }
    }

    /// Fills `pixels` with the convolution of a uint8 image whose channels are innermost.
    func fill(_ pixels: crnn_dequantized_pixels, from image: Memory) {
        let (inputs, outputs) = (problem.input[3], problem.output[3])
        let count = problem.input[0] * tiling.rows * tiling.columns
        let length = blockLength(count), kernel = kernelPoints
        let patches = QuantizedPointMatrices<Int16>(points, rows: length, channels: inputs, in: context)
        let tiles = QuantizedPointMatrices<Int32>(points, rows: length, channels: outputs, in: context)
        for start in stride(from: 0, to: count, by: length) {
            let block = start..<min(start + length, count)
            fill(patches, block, from: image)
            multiply(patches, kernel, into: tiles, block.count)
            fill(pixels, block, from: tiles)
        }
    }

    private func fill(_ patches: QuantizedPointMatrices<Int16>, _ block: Range<Int>, from image: Memory) {
        let planes = crnn_planes(innermost: problem.input), tiling = tiling
        context.forEachRange(of: block.count, grain: 4) { range in
            kernels.int8.winograd_patches(
                patches.patches(from: range.lowerBound), image.unsignedBytes, planes, tiling,
                crnn_range(first: block.lowerBound + range.lowerBound, count: range.count))
        }
    }

    private func multiply(
        _ patches: QuantizedPointMatrices<Int16>, _ kernel: Int16Matrices,
        into tiles: QuantizedPointMatrices<Int32>, _ count: Int
    ) {
        context.forEachRange(of: points, grain: 1) { range in
            for point in range {
                kernels.int8.winograd_products(
                    tiles.tiles(point: point), patches.rows(at: point), count, kernel[point])
            }
        }
    }

    private func fill(
        _ pixels: crnn_dequantized_pixels, _ block: Range<Int>, from tiles: QuantizedPointMatrices<Int32>
    ) {
        let planes = crnn_planes(innermost: problem.output), tiling = tiling
        context.forEachRange(of: block.count, grain: 4) { range in
            kernels.int8.winograd_pixels(
                pixels, tiles.tiles(from: range.lowerBound), planes, tiling,
                crnn_range(first: block.lowerBound + range.lowerBound, count: range.count))
        }
    }

    private var tiling: crnn_tiling {
        let (input, output) = (problem.input, problem.output)
        let margins = problem.options.margins(of: input, kernel: problem.kernel).before
        return crnn_tiling(
            rows: (output[1] + tileSize - 1) / tileSize, columns: (output[2] + tileSize - 1) / tileSize,
            tile_size: tileSize, top: margins.height, left: margins.width)
    }

    /// The length of equal blocks whose rows at one point stay in the L2 cache.
    private func blockLength(_ count: Int) -> Int {
        let blocks = (count + 191) / 192
        return (count + blocks - 1) / blocks
    }
}

extension Shape {
    /// The number of tiles of a size that cover an image of this shape.
    fileprivate func tiles(of size: Int) -> Int {
        (self[1] + size - 1) / size * ((self[2] + size - 1) / size)
    }
}

extension crnn_planes {
    /// Images whose channels are innermost.
    fileprivate init(innermost shape: Shape) {
        let (height, width, channels) = (shape[1], shape[2], shape[3])
        self.init(
            channels: channels, height: height, width: width, pixel_stride: channels,
            row_stride: width * channels, block_stride: Int(crnn_lanes),
            image_stride: height * width * channels)
    }
}
