internal import COneDNN
public import Tensors

/// A tensor's scalars, in the layout and element type in which a kernel has written them.
public final class CPUStorage: Storage {
    let shape: Shape
    let memory: Memory
    let context: Context
    /// The storage whose bytes this one shares under another shape. While it is held, neither changes.
    let origin: CPUStorage?
    let packedLayouts = PackedLayoutCache()

    init(_ memory: Memory, shape: Shape, in context: Context, origin: CPUStorage? = nil) {
        self.memory = memory
        self.shape = shape
        self.context = context
        self.origin = origin
    }

    /// How many scalars there are.
    public var count: Int { shape.count }

    /// The scalars in row-major order of the tensor's shape, copied.
    public var scalars: [Float] {
        let plain = rowMajor
        return withExtendedLifetime(plain) {
            Array(UnsafeBufferPointer(start: plain.floats, count: shape.count))
        }
    }

    /// The scalars as floats, in their present layout.
    var floats: Memory { context.reordered(memory, to: memory.descriptor.holding(dnnl_f32)) }

    /// Whether the scalars are floats in row-major order of the shape.
    var isRowMajor: Bool { memory.descriptor.matches(.rowMajor(shape)) }

    /// The scalars as floats in row-major order of the shape.
    var rowMajor: Memory { context.reordered(memory, to: .rowMajor(shape)) }

    /// The scalars in another layout, cached. `view` describes their row-major order.
    func packed(_ view: Descriptor, to layout: Descriptor) -> Memory {
        packed(view, as: layout) { $0.repacked(view, to: layout) }
    }

    /// The result of `make` for the scalars, cached under the view and the layout of the result.
    func packed(_ view: Descriptor, as layout: Descriptor, _ make: (CPUStorage) -> Memory) -> Memory {
        packedLayouts.memory(of: view, in: layout) { make(self) }
    }

    /// The scalars in another layout, not cached. `view` describes their row-major order.
    func repacked(_ view: Descriptor, to layout: Descriptor) -> Memory {
        context.reordered(context.view(rowMajor, as: view), to: layout)
    }

    /// Drops cached layouts, which an update makes stale.
    func dropPackedLayouts() { packedLayouts.removeAll() }
}
