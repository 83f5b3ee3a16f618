internal import COneDNN
internal import Foundation
public import Tensors

/// Answers the kernel list on the processor, with our own kernels and oneDNN's.
///
/// Images stay in oneDNN's blocked layouts from kernel to kernel, in 16-bit floats if the device computes in these,
/// sequences in time-major order, until the host reads them. The same inputs and number of threads give the same bits
/// on the same kind of processor.
public final class CPUDevice: Device {
    let context: Context
    /// The precision of convolutions and of the products of sequences with weights: the one that was asked for
    /// where ``supports(_:)`` says that it can be had, else 32-bit floats.
    public let precision: Precision

    /// A device whose kernels use up to `threads` threads, all cores where not given, and compute in a precision
    /// where the processor can.
    ///
    /// - Parameter measuresAlgorithms: Whether the ways to convolve are timed when a shape first comes, and the
    ///   fastest is kept. Else a rule decides, so that the same inputs give the same bits in each run.
    public init(threads: Int? = nil, precision: Precision = .float32, measuresAlgorithms: Bool = false) {
        let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        precondition(threads > 0, "a device of \(threads) threads")
        context = Context(threads: threads, measuresAlgorithms: measuresAlgorithms)
        self.precision = Self.supports(precision) ? precision : .float32
    }

    /// How many threads a kernel may use.
    public var threads: Int { context.threads }

    /// The name that a user reads, as in `oneDNN 2.6.3`.
    public var name: String { "oneDNN \(Engine.version)" }

    /// Storage for scalars in row-major order.
    public func store(_ scalars: [Float], shape: Shape) -> any Storage { stored(scalars, shape) }

    /// Storage that is filled where it stays.
    public func store<Failure>(
        shape: Shape, filledBy fill: (inout MutableSpan<Float>) throws(Failure) -> Void
    ) throws(Failure) -> any Storage {
        let memory = context.memory(.rowMajor(shape))
        var span = MutableSpan(_unsafeStart: memory.floats, count: shape.count)
        try fill(&span)
        return CPUStorage(memory, shape: shape, in: context)
    }

    private func stored(_ scalars: [Float], _ shape: Shape) -> CPUStorage {
        let memory = context.memory(.rowMajor(shape))
        scalars.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { memory.floats.update(from: start, count: source.count) }
        }
        return CPUStorage(memory, shape: shape, in: context)
    }

    /// A tensor's storage as this module knows it; other kinds are copied.
    func storage(of tensor: Tensor) -> CPUStorage { adopted(tensor.storage, tensor.shape) }

    func adopted(_ storage: any Storage, _ shape: Shape) -> CPUStorage {
        storage as? CPUStorage ?? (storage as? IntegerStorage)?.floats ?? stored(storage.scalars, shape)
    }

    /// A tensor over memory that a kernel has filled.
    func tensor(_ memory: Memory, _ shape: Shape) -> Tensor {
        Tensor(shape: shape, storage: CPUStorage(memory, shape: shape, in: context), on: self)
    }

    /// A tensor's scalars in row-major order.
    func rowMajor(_ tensor: Tensor) -> Memory { storage(of: tensor).rowMajor }
}

@available(*, deprecated, renamed: "CPUDevice")
public typealias OneDNNDevice = CPUDevice
