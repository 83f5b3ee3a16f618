internal import Requirements

/// A dense array of 32-bit floats with value semantics.
///
/// The shape is logical. The device that made the tensor keeps the scalars in its own memory and layout until the host
/// asks for ``scalars``. Copies share storage until one of them is changed.
public struct Tensor: Sendable {
    /// The logical sizes, outermost first; images are `[batch × height × width × channel]`.
    public let shape: Shape
    /// The device that made the tensor and computes with it.
    public let device: any Device
    /// Holds the scalars; each device knows its own kind of storage and reads any other through its `scalars`.
    public private(set) var storage: any Storage

    /// A tensor over storage that a device has filled with as many scalars as the shape holds.
    public init(shape: Shape, storage: any Storage, on device: any Device) {
        require(
            storage.count == shape.count, "storage of \(storage.count) scalars for a tensor of shape \(shape)"
        )
        self.shape = shape
        self.storage = storage
        self.device = device
    }

    /// A tensor of the given scalars in row-major order.
    public init(_ scalars: [Float], shape: Shape, on device: any Device) {
        self.init(shape: shape, storage: device.store(scalars, shape: shape), on: device)
    }

    /// A tensor of scalars that `fill` writes in row-major order, every one, straight into the storage.
    public init<Failure>(
        shape: Shape, on device: any Device,
        filledBy fill: (inout MutableSpan<Float>) throws(Failure) -> Void
    ) throws(Failure) {
        self.init(shape: shape, storage: try device.store(shape: shape, filledBy: fill), on: device)
    }

    /// A tensor of zeros that takes no memory until it is used: a placeholder for weights that are read later.
    public init(placeholderOf shape: Shape, on device: any Device) {
        self.init(shape: shape, storage: ZeroStorage(count: shape.count), on: device)
    }

    /// A tensor of dequantized int8 values in row-major order; the storage keeps one byte for each.
    public init(int8 values: Int8Values, shape: Shape, on device: any Device) {
        self.init(shape: shape, storage: device.store(int8: values, shape: shape), on: device)
    }

    /// A tensor of one value throughout.
    public init(repeating value: Float, shape: Shape, on device: any Device) {
        self.init([Float](repeating: value, count: shape.count), shape: shape, on: device)
    }

    /// The scalars in row-major order of the shape, copied to the host.
    public var scalars: [Float] { storage.scalars }

    /// The same tensor on another device.
    public func moved(to device: any Device) -> Tensor {
        guard device !== self.device else { return self }
        return storage.int8.map { Tensor(int8: $0, shape: shape, on: device) }
            ?? Tensor(scalars, shape: shape, on: device)
    }

    /// Changes the storage in place; for the kernels of devices that update parameters.
    ///
    /// - Parameters:
    ///   - adopt: Converts any storage to this device's kind, which is writable in place.
    ///   - copy: Duplicates the storage; called only if another tensor shares it.
    ///   - body: The change.
    public mutating func mutateStorage<Kind: Storage>(
        adopting adopt: (any Storage) -> Kind, copying copy: (Kind) -> Kind, _ body: (Kind) -> Void
    ) {
        var unique = adopt(storage)
        storage = Vacant.instance
        if !isKnownUniquelyReferenced(&unique) { unique = copy(unique) }
        require(
            unique.count == shape.count, "storage of \(unique.count) scalars for a tensor of shape \(shape)")
        body(unique)
        storage = unique
    }
}

/// Takes the storage's place while it is being changed.
private final class Vacant: Storage {
    static let instance = Vacant()
    var scalars: [Float] { fatalError("the tensor is being changed") }
    var count: Int { 0 }
}
