internal import COneDNN
public import Tensors

/// A tensor's scalars in whatever layout and element type oneDNN's kernels left them.
public final class CPUStorage: Storage {
    let shape: Shape
    let memory: Memory
    let context: Context
    /// The storage whose bytes this one shows under another shape; while it is held, neither is changed.
    let origin: CPUStorage?
    let packed = PackedCopies()

    init(_ memory: Memory, shape: Shape, in context: Context, origin: CPUStorage? = nil) {
        self.memory = memory
        self.shape = shape
        self.context = context
        self.origin = origin
    }

    /// The scalars in row-major order of the tensor's shape, copied.
    public var scalars: [Float] {
        let plain = rowMajor
        return withExtendedLifetime(plain) {
            Array(UnsafeBufferPointer(start: plain.floats, count: shape.count))
        }
    }

    /// The scalars as floats, in the layout that they have.
    var floats: Memory { context.reordered(memory, to: memory.descriptor.holding(dnnl_f32)) }

    /// Whether the scalars are floats in row-major order of the shape.
    var isRowMajor: Bool { memory.descriptor.matches(.rowMajor(shape)) }

    /// The scalars as floats in row-major order of the shape.
    var rowMajor: Memory { context.reordered(memory, to: .rowMajor(shape)) }

    /// The scalars seen as `view` describes their row-major order, in another layout, kept for the next time.
    func packed(_ view: Descriptor, to layout: Descriptor) -> Memory {
        packed(view, as: layout) { $0.repacked(view, to: layout) }
    }

    /// What a function makes of the scalars, kept for the next time under the view and the layout that it makes.
    func packed(_ view: Descriptor, as layout: Descriptor, _ make: (CPUStorage) -> Memory) -> Memory {
        packed.copy(of: view, as: layout) { make(self) }
    }

    /// The scalars seen as `view` describes their row-major order, in another layout.
    func repacked(_ view: Descriptor, to layout: Descriptor) -> Memory {
        context.reordered(context.view(rowMajor, as: view), to: layout)
    }

    /// Drops copies that an update makes stale.
    func forgetPacked() { packed.forget() }
}
