internal import COneDNN
internal import Synchronization
public import Tensors

/// A tensor's scalars in whatever layout oneDNN's kernels left them.
public final class OneDNNStorage: Storage {
    let shape: Shape
    let memory: Memory
    let context: Context
    /// The storage whose bytes this one shows under another shape; while it is held, neither is changed.
    let origin: OneDNNStorage?
    /// Copies in layouts that kernels asked for more than once.
    private let packed = Mutex<[Memory]>([])

    init(_ memory: Memory, shape: Shape, in context: Context, origin: OneDNNStorage? = nil) {
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

    /// Whether the scalars lie in row-major order of the shape.
    var isRowMajor: Bool { memory.descriptor.matches(.rowMajor(shape)) }

    /// The scalars in row-major order of the shape.
    var rowMajor: Memory { context.reordered(memory, to: .rowMajor(shape)) }

    /// The scalars seen as `view` describes their row-major order, in another layout, kept for the next time.
    func packed(_ view: Descriptor, to layout: Descriptor) -> Memory {
        packed(as: layout) { $0.repacked(view, to: layout) }
    }

    /// What a function makes of the scalars, kept for the next time under the layout that it makes.
    func packed(as layout: Descriptor, _ make: (OneDNNStorage) -> Memory) -> Memory {
        packed.withLock { packed in
            if let found = packed.first(where: { $0.descriptor.matches(layout) }) { return found }
            let made = make(self)
            packed.append(made)
            return made
        }
    }

    /// The scalars seen as `view` describes their row-major order, in another layout.
    func repacked(_ view: Descriptor, to layout: Descriptor) -> Memory {
        context.reordered(context.view(rowMajor, as: view), to: layout)
    }

    /// Drops copies that an update makes stale.
    func forgetPacked() { packed.withLock { $0 = [] } }
}
