internal import CKernels
internal import COneDNN
internal import Tensors

/// A convolution of bytes with a 3×3 kernel and unit strides by Winograd's algorithm in whole numbers, which takes
/// fewer multiplications than the direct sum and gives the same sums, bit for bit; see `integers.h`.
struct IntegerWinograd {
    private let problem: ConvolutionProblem
    private let context: Context
    private let kernel: IntegerStorage
    /// Of a tile's height and width, 2 or 4.
    private let tileSize: Int

    /// The most inputs whose greatest sum, four times as large, fits into 32 bits with 255 for each input and 128 for
    /// each of nine weights.
    private static let mostInputs = Int(Int32.max) / (4 * 255 * 128 * 9)
    /// The greatest sum of an output's positive or of its negative weights with which sums stay within ±2²⁵, as
    /// large tiles demand.
    private static let mostWeight = (1 << 25) / 255
    /// How many large tiles it takes to make up for reading a kernel's values at more points.
    private static let manyTiles = 24

    /// Nil where the algorithm does not apply, or where incomplete tiles cost more than it saves.
    init?(_ problem: ConvolutionProblem, _ kernel: IntegerStorage, in context: Context) {
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

    /// Whether the algorithm comes before oneDNN's direct one, which VNNI lets multiply bytes at four times the rate of
    /// floats.
    static var comesFirst: Bool {
        !Engine.offers(dnnl_cpu_isa_avx512_core_vnni) && !Engine.offers(dnnl_cpu_isa_avx2_vnni)
    }

    private var points: Int { crnn_int8_winograd_points(tileSize) }

    /// The kernel's values at all points, made once and kept.
    private var kernelPoints: Memory {
        let (inputs, outputs) = (problem.kernel[2], problem.kernel[3])
        let layout = IntegerMatrix.layout(points, terms: inputs, columns: outputs)
        return kernel.packed.copy(of: kernel.memory.descriptor, as: layout) {
            let memory = context.memory(layout)
            context.forEachRange(of: points, grain: 1) { range in
                for point in range {
                    let matrix = IntegerMatrix(memory, point, terms: inputs, columns: outputs)
                    crnn_int8_winograd_kernel(
                        matrix.matrix, kernel.memory.signedBytes, inputs, tileSize, point)
                }
            }
            return memory
        }
    }

    /// The convolution of an image of bytes, its channels innermost, into another one or into floats,
    /// as `pixels` says.
    func fill(_ pixels: crnn_dequantized_pixels, from image: Memory) {
        let (input, output) = (problem.input, problem.output)
        let margins = problem.options.margins(of: input, kernel: problem.kernel).before
        let tiling = crnn_tiling(
            rows: (output[1] + tileSize - 1) / tileSize, columns: (output[2] + tileSize - 1) / tileSize,
            top: margins.height, left: margins.width)
        let count = input[0] * tiling.rows * tiling.columns
        let block = blockLength(count), kernelPoints = kernelPoints
        let patches = PointMatrix(points, rows: block, channels: input[3], dnnl_f16, in: context)
        let tiles = PointMatrix(points, rows: block, channels: output[3], dnnl_s32, in: context)
        for start in stride(from: 0, to: count, by: block) {
            let length = min(block, count - start)
            context.forEachRange(of: length, grain: 4) { range in
                kernels.int8.winograd_patches(
                    patches.patches(from: range.lowerBound), image.unsignedBytes, crnn_planes(bytes: input),
                    tiling, tileSize, crnn_range(first: start + range.lowerBound, count: range.count))
            }
            context.forEachRange(of: points, grain: 1) { range in
                for point in range {
                    let kernel = IntegerMatrix(
                        kernelPoints, point, terms: input[3], columns: output[3])
                    kernels.int8.winograd_products(
                        tiles.sums(at: point), output[3], patches.factors(at: point), length, kernel.matrix)
                }
            }
            context.forEachRange(of: length, grain: 4) { range in
                kernels.int8.winograd_pixels(
                    pixels, tiles.tiles(from: range.lowerBound), crnn_planes(bytes: output), tiling, tileSize,
                    crnn_range(first: start + range.lowerBound, count: range.count))
            }
        }
    }

    /// Blocks of equal length, whose rows at one point stay in the second cache.
    private func blockLength(_ count: Int) -> Int {
        let blocks = (count + 191) / 192
        return (count + blocks - 1) / blocks
    }
}

/// What a block of patches or tiles has at each point, `[points × rows × channels]`; points lie apart by a little
/// more than their rows take, for at a multiple of 4 KiB they would share few sets of the cache.
private struct PointMatrix {
    private let memory: Memory
    private let channels: Int
    private let stride: Int

    init(_ points: Int, rows: Int, channels: Int, _ type: dnnl_data_type_t, in context: Context) {
        self.channels = channels
        stride = rows * channels + 64
        memory = context.memory(Descriptor.dense([points, stride], type))
    }

    func patches(from row: Int) -> crnn_int16_patches {
        crnn_int16_patches(
            values: memory.shorts + row * channels, point_stride: stride, tile_stride: channels)
    }

    func factors(at point: Int) -> crnn_int16_rows {
        crnn_int16_rows(values: memory.shorts + point * stride, stride: channels)
    }

    func tiles(from row: Int) -> crnn_int32_tiles {
        crnn_int32_tiles(
            values: memory.wholes + row * channels, point_stride: stride, tile_stride: channels)
    }

    func sums(at point: Int) -> UnsafeMutablePointer<Int32> { memory.wholes + point * stride }
}

extension Memory {
    /// The bytes as whole numbers of 32 bits.
    fileprivate var wholes: UnsafeMutablePointer<Int32> {
        buffer.bytes.assumingMemoryBound(to: Int32.self)
    }
}

extension Shape {
    /// How many tiles of a size cover each image of this shape.
    fileprivate func tiles(of size: Int) -> Int {
        (self[1] + size - 1) / size * ((self[2] + size - 1) / size)
    }
}

extension crnn_planes {
    /// Images whose channels lie innermost.
    fileprivate init(bytes shape: Shape) {
        let (height, width, channels) = (shape[1], shape[2], shape[3])
        self.init(
            channels: channels, height: height, width: width, pixel_stride: channels,
            row_stride: width * channels, block_stride: Int(crnn_lanes),
            image_stride: height * width * channels)
    }
}
