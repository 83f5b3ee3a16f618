internal import COneDNN
internal import Foundation
public import Tensors

/// Answers the kernel list with oneDNN on the processor, in 32-bit floats.
///
/// Images stay in oneDNN's blocked layouts from kernel to kernel, sequences in time-major order, until the
/// host reads them. The same inputs and number of threads give the same bits, on the same kind of processor.
public final class OneDNNDevice: Device {
    let context: Context

    /// A device whose kernels use up to `threads` threads; all cores where not given.
    public init(threads: Int? = nil) {
        let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        precondition(threads > 0, "a device of \(threads) threads")
        context = Context(threads: threads)
    }

    /// How many threads a kernel may use.
    public var threads: Int { context.threads }

    /// The name that a user reads, as in `oneDNN 2.6.3`.
    public var name: String { "oneDNN \(Engine.version)" }

    /// Storage for scalars in row-major order.
    public func store(_ scalars: [Float], shape: Shape) -> any Storage { stored(scalars, shape) }

    private func stored(_ scalars: [Float], _ shape: Shape) -> OneDNNStorage {
        let memory = context.memory(.rowMajor(shape))
        scalars.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { memory.floats.update(from: start, count: source.count) }
        }
        return OneDNNStorage(memory, shape: shape, in: context)
    }

    /// A tensor's storage as this module knows it; other kinds are copied.
    func storage(of tensor: Tensor) -> OneDNNStorage { adopted(tensor.storage, tensor.shape) }

    func adopted(_ storage: any Storage, _ shape: Shape) -> OneDNNStorage {
        storage as? OneDNNStorage ?? (storage as? IntegerStorage)?.floats ?? stored(storage.scalars, shape)
    }

    /// A tensor over memory that a kernel has filled.
    func tensor(_ memory: Memory, _ shape: Shape) -> Tensor {
        Tensor(shape: shape, storage: OneDNNStorage(memory, shape: shape, in: context), on: self)
    }

    /// A tensor's scalars in row-major order.
    func rowMajor(_ tensor: Tensor) -> Memory { storage(of: tensor).rowMajor }
}
