/// A dense array of 32-bit floats with value semantics.
///
/// The shape is logical; the scalars lie wherever and however the device that made the tensor keeps them,
/// until the host asks for ``scalars``. Copies share storage until one of them is changed.
public struct Tensor: Sendable {
    /// The logical sizes, outermost first; images are `[batch × height × width × channel]`.
    public let shape: Shape
    /// The device whose kernels made the tensor and will serve it.
    public let device: any Device
    /// What holds the scalars; each device knows its own kind and can read every other by `scalars`.
    public private(set) var storage: any Storage

    /// A tensor over storage that a device has filled.
    public init(shape: Shape, storage: any Storage, on device: any Device) {
        self.shape = shape
        self.storage = storage
        self.device = device
    }

    /// A tensor of the given scalars in row-major order.
    public init(_ scalars: [Float], shape: Shape, on device: any Device) {
        precondition(
            scalars.count == shape.count, "\(scalars.count) scalars do not fill a tensor of shape \(shape)")
        self.init(shape: shape, storage: device.store(scalars, shape: shape), on: device)
    }

    /// A tensor of scalars in row-major order that `fill` writes, every one, to where they stay.
    public init<Failure>(
        shape: Shape, on device: any Device,
        filledBy fill: (inout MutableSpan<Float>) throws(Failure) -> Void
    ) throws(Failure) {
        self.init(shape: shape, storage: try device.store(shape: shape, filledBy: fill), on: device)
    }

    /// A tensor of zeros that takes no memory until it is used: for what is to be replaced.
    public init(placeholderOf shape: Shape, on device: any Device) {
        self.init(shape: shape, storage: ZeroStorage(count: shape.count), on: device)
    }

    /// A tensor of the given whole numbers in row-major order; devices may keep them in a byte each.
    public init(whole numbers: [Int8], shape: Shape, on device: any Device) {
        precondition(
            numbers.count == shape.count, "\(numbers.count) numbers do not fill a tensor of shape \(shape)")
        self.init(shape: shape, storage: device.store(whole: numbers, shape: shape), on: device)
    }

    /// A tensor of one value throughout.
    public init(repeating value: Float, shape: Shape, on device: any Device) {
        self.init([Float](repeating: value, count: shape.count), shape: shape, on: device)
    }

    /// The scalars in row-major order of the shape, copied to the host.
    public var scalars: [Float] { storage.scalars }

    /// The same tensor on another device.
    public func moved(to device: any Device) -> Tensor {
        device === self.device ? self : Tensor(scalars, shape: shape, on: device)
    }

    /// Changes the storage in place, for a device's updating kernels.
    ///
    /// - Parameters:
    ///   - adopt: Turns whatever storage is found into this device's kind, writable in place.
    ///   - copy: Duplicates the storage; called only when another tensor shares it.
    ///   - body: The change.
    public mutating func mutateStorage<Kind: Storage>(
        adopting adopt: (any Storage) -> Kind, copying copy: (Kind) -> Kind, _ body: (Kind) -> Void
    ) {
        var unique = adopt(storage)
        storage = Vacant.instance
        if !isKnownUniquelyReferenced(&unique) { unique = copy(unique) }
        body(unique)
        storage = unique
    }
}

/// Holds a tensor's scalars in a device's own layout.
///
/// Storage is immutable once shared: only `Tensor.mutateStorage` changes it, and only while it has one owner.
public protocol Storage: AnyObject, Sendable {
    /// The scalars in row-major order of the tensor's shape.
    var scalars: [Float] { get }
    /// The same where the storage keeps a signed byte for each; nil in other storages.
    var wholeNumbers: [Int8]? { get }
}

extension Storage {
    /// Most storages keep floats.
    public var wholeNumbers: [Int8]? { nil }
}

/// Stands in while a tensor's real storage is being changed.
private final class Vacant: Storage {
    static let instance = Vacant()
    var scalars: [Float] { preconditionFailure("the tensor is being changed") }
}

/// Scalars in a Swift array, row-major: the storage of the reference device and of the host's inputs.
public final class HostStorage: Storage {
    /// The scalars in row-major order.
    public let scalars: [Float]

    /// Keeps an array of scalars.
    public init(_ scalars: [Float]) { self.scalars = scalars }
}

/// Zeros without memory of their own.
private final class ZeroStorage: Storage {
    private let count: Int

    init(count: Int) { self.count = count }

    var scalars: [Float] { [Float](repeating: 0, count: count) }
}
