internal import COneDNN
internal import Synchronization
internal import Tensors

/// Whole numbers of 8 bits: weights, or an image on its way between two quantised convolutions.
///
/// Kernels that know floats alone get them by `floats`.
final class IntegerStorage: Storage {
    let shape: Shape
    let memory: Memory
    /// What 1 stands for in each place of the last axis, or everywhere alike.
    let units: [Float]
    let context: Context
    let packed = PackedCopies()
    private let knownSum = Mutex<Int?>(nil)

    init(_ memory: Memory, shape: Shape, units: [Float], in context: Context) {
        (self.memory, self.shape, self.units, self.context) = (memory, shape, units, context)
    }

    /// Weights, copied to where they stay.
    convenience init(_ whole: WholeNumbers, shape: Shape, in context: Context) {
        let memory = context.memory(.rowMajor(shape, dnnl_s8))
        whole.numbers.withUnsafeBytes { source in
            if let start = source.baseAddress {
                memory.buffer.bytes.copyMemory(from: start, byteCount: source.count)
            }
        }
        self.init(memory, shape: shape, units: whole.units, in: context)
    }

    /// The scalars that the numbers stand for, in row-major order of the tensor's shape, copied.
    var scalars: [Float] { whole?.scalars ?? floats.scalars }

    /// Whether these are weights; images are counted in unsigned bytes.
    var isSigned: Bool { memory.descriptor.elementType == dnnl_s8 }

    /// The numbers of weights, copied.
    var whole: WholeNumbers? {
        guard isSigned else { return nil }
        return WholeNumbers(
            Array(UnsafeBufferPointer(start: memory.signedBytes, count: shape.count)), units: units)
    }

    /// The greatest sum of the positive or of the negative weights in one place of the last axis.
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

    /// The scalars that the numbers stand for.
    var floats: CPUStorage {
        let plain = context.memory(.rowMajor(shape))
        context.reorder(memory, into: plain, scale: units.count == 1 ? units[0] : 1)
        if units.count > 1 {
            for index in 0..<shape.count { plain.floats[index] *= units[index % units.count] }
        }
        return CPUStorage(plain, shape: shape, in: context)
    }

    /// The numbers seen as `view` describes their row-major order, in another layout, kept for the next time.
    func packed(_ view: Descriptor, to layout: Descriptor) -> Memory {
        packed.copy(of: view, as: layout) { context.reordered(context.view(memory, as: view), to: layout) }
    }
}

extension Memory {
    /// The bytes as whole numbers with signs.
    var signedBytes: UnsafeMutablePointer<Int8> { buffer.bytes.assumingMemoryBound(to: Int8.self) }
    /// The bytes as whole numbers without signs.
    var unsignedBytes: UnsafeMutablePointer<UInt8> { buffer.bytes.assumingMemoryBound(to: UInt8.self) }
}
