internal import COneDNN
internal import Synchronization
internal import Tensors

/// Quantized scalars with their scales: int8 weights, or a uint8 image between two quantized convolutions.
///
/// Kernels for floats read them through ``floats``.
final class QuantizedStorage: Storage {
    let shape: Shape
    let memory: Memory
    /// The quantization scale of each place of the last axis, or one for all scalars.
    let scales: [Float]
    let context: Context
    let packedLayouts = PackedLayoutCache()
    private let winogradKernels = Mutex<[Int: Int16Matrices]>([:])
    private let knownSum = Mutex<Int?>(nil)

    init(_ memory: Memory, shape: Shape, scales: [Float], in context: Context) {
        (self.memory, self.shape, self.scales, self.context) = (memory, shape, scales, context)
    }

    /// Weights, copied.
    convenience init(_ values: Int8Values, shape: Shape, in context: Context) {
        let memory = context.memory(.rowMajor(shape, dnnl_s8))
        values.integers.withUnsafeBytes { source in
            if let start = source.baseAddress {
                memory.buffer.bytes.copyMemory(from: start, byteCount: source.count)
            }
        }
        self.init(memory, shape: shape, scales: values.scales, in: context)
    }

    var count: Int { shape.count }

    /// The dequantized scalars in row-major order of the shape, copied.
    var scalars: [Float] { int8?.scalars ?? floats.scalars }

    /// Whether the scalars are int8 weights; otherwise they are a uint8 image.
    var isSigned: Bool { memory.descriptor.elementType == dnnl_s8 }

    /// The weights, copied; nil for an image.
    var int8: Int8Values? {
        guard isSigned else { return nil }
        return Int8Values(
            Array(UnsafeBufferPointer(start: memory.signedBytes, count: shape.count)), scales: scales)
    }

    /// The largest sum of the magnitudes of the positive, or of the negative, weights in one place of the last axis.
    var greatestSum: Int {
        knownSum.withLock { known in
            if let known { return known }
            let places = shape.last
            var sums = [(above: Int, below: Int)](repeating: (0, 0), count: places)
            for index in 0..<shape.count {
                let weight = Int(memory.signedBytes[index])
                sums[index % places].above += max(0, weight)
                sums[index % places].below += max(0, -weight)
            }
            let greatest = sums.reduce(0) { max($0, $1.above, $1.below) }
            known = greatest
            return greatest
        }
    }

    /// The dequantized scalars.
    var floats: CPUStorage {
        let plain = context.memory(.rowMajor(shape))
        context.reorder(memory, into: plain, scale: scales.count == 1 ? scales[0] : 1)
        if scales.count > 1 {
            for index in 0..<shape.count { plain.floats[index] *= scales[index % scales.count] }
        }
        return CPUStorage(plain, shape: shape, in: context)
    }

    /// The numbers in another layout, cached. `view` describes their row-major order.
    func packed(_ view: Descriptor, to layout: Descriptor) -> Memory {
        packedLayouts.memory(of: view, in: layout) {
            context.reordered(context.view(memory, as: view), to: layout)
        }
    }

    /// The values of a convolution kernel at the points of Winograd's algorithm, for a size of tiles, cached.
    func winogradKernel(tileSize: Int, _ make: () -> Int16Matrices) -> Int16Matrices {
        winogradKernels.withLock { kernels in
            if let known = kernels[tileSize] { return known }
            let made = make()
            kernels[tileSize] = made
            return made
        }
    }
}

extension Memory {
    /// The bytes as int8 numbers.
    var signedBytes: UnsafeMutablePointer<Int8> { buffer.bytes.assumingMemoryBound(to: Int8.self) }
    /// The bytes as uint8 numbers.
    var unsignedBytes: UnsafeMutablePointer<UInt8> { buffer.bytes.assumingMemoryBound(to: UInt8.self) }
}
