internal import COneDNN
internal import Synchronization
internal import Tensors

/// Whole numbers of 8 bits: a quantised convolution's weights, or an image on its way between two such layers.
///
/// Kernels that know floats alone get them by `floats`.
final class IntegerStorage: Storage {
    let shape: Shape
    let memory: Memory
    /// What one unit stands for.
    let scale: Float
    let context: Context
    /// The layout that a convolution asked for, kept for the next time.
    private let packed = Mutex<Memory?>(nil)

    init(_ memory: Memory, shape: Shape, scale: Float, in context: Context) {
        (self.memory, self.shape, self.scale, self.context) = (memory, shape, scale, context)
    }

    /// The scalars that the numbers stand for, in row-major order of the tensor's shape, copied.
    var scalars: [Float] { floats.scalars }

    /// The numbers of weights, copied; images are counted in unsigned bytes.
    var wholeNumbers: [Int8]? {
        guard memory.descriptor.data_type == dnnl_s8, scale == 1 else { return nil }
        let start = memory.buffer.bytes.assumingMemoryBound(to: Int8.self)
        return Array(UnsafeBufferPointer(start: start, count: shape.count))
    }

    /// The scalars that the numbers stand for.
    var floats: OneDNNStorage {
        let plain = context.memory(.rowMajor(shape))
        context.reorder(memory, into: plain, scale: scale)
        return OneDNNStorage(plain, shape: shape, in: context)
    }

    /// The numbers seen as `view` describes their row-major order, in another layout.
    func packed(_ view: Descriptor, to layout: Descriptor) -> Memory {
        packed.withLock { packed in
            if let packed, packed.descriptor.matches(layout) { return packed }
            let made = context.reordered(context.view(memory, as: view), to: layout)
            packed = made
            return made
        }
    }
}
