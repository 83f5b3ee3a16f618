internal import COneDNN
internal import Foundation
internal import Requirements
public import Tensors

/// The processor: runs all kernels, by this module's own code or by oneDNN.
///
/// Between kernels, images stay in oneDNN's blocked layouts, in 16-bit floats if the device computes in these, and
/// sequences stay in time-major order. The same inputs and number of threads give the same bits on the same kind of
/// processor.
public final class CPUDevice: Device {
    let context: Context
    /// The precision of convolutions and of the products of sequences and weights: the requested one if the processor
    /// ``supports(_:)`` it, otherwise 32-bit floats.
    public let precision: Precision

    /// Creates a device.
    ///
    /// - Parameters:
    ///   - threads: The greatest number of threads of a kernel; by default one per core. It is smaller if the system
    ///     does not start as many; see ``threads``.
    ///   - precision: The precision of convolutions and of the products of sequences and weights; 32-bit floats if the
    ///     processor does not support it.
    ///   - measuresAlgorithms: Whether the algorithms of a convolution are timed when a shape first occurs, and the
    ///     fastest is used from then on. Otherwise a rule decides, so that the same inputs give the same bits in each
    ///     run.
    ///   - cachesKernels: Whether prepared convolution kernels are cached for further inferences. For a single small
    ///     image, preparing a kernel takes longer than the convolution, so it is skipped if this is false. The bits are
    ///     the same.
    public init(
        threads: Int? = nil, precision: Precision = .float32, measuresAlgorithms: Bool = false,
        cachesKernels: Bool = true
    ) {
        let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        require(threads > 0, "a device needs at least one thread, not \(threads)")
        context = Context(
            threads: Team.prepared(threads), measuresAlgorithms: measuresAlgorithms,
            cachesKernels: cachesKernels)
        self.precision = Self.supports(precision) ? precision : .float32
    }

    /// The most threads that a kernel uses.
    public var threads: Int { context.threads }

    /// A name for users, for example `oneDNN 2.6.3`.
    public var name: String { "oneDNN \(Engine.version)" }

    /// Storage for scalars in row-major order.
    public func store(_ scalars: [Float], shape: Shape, _: Checked) -> any Storage { stored(scalars, shape) }

    /// Storage that `fill` writes in place, in row-major order.
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

    /// A tensor's storage. That of another kind is copied or dequantized.
    func storage(of tensor: Tensor) -> CPUStorage { adopted(tensor.storage, tensor.shape) }

    func adopted(_ storage: any Storage, _ shape: Shape) -> CPUStorage {
        storage as? CPUStorage ?? (storage as? QuantizedStorage)?.floats ?? stored(storage.scalars, shape)
    }

    /// A tensor over memory that a kernel has filled.
    func tensor(_ memory: Memory, _ shape: Shape) -> Tensor {
        Tensor(shape: shape, storage: CPUStorage(memory, shape: shape, in: context), on: self)
    }

    /// A tensor's scalars in row-major order.
    func rowMajor(_ tensor: Tensor) -> Memory { storage(of: tensor).rowMajor }
}

/// The former name of ``CPUDevice``.
@available(*, deprecated, renamed: "CPUDevice")
public typealias OneDNNDevice = CPUDevice
