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

    /// A tensor of what whole numbers in row-major order stand for; it keeps a byte for each.
    public init(whole: WholeNumbers, shape: Shape, on device: any Device) {
        precondition(
            whole.numbers.count == shape.count && [1, shape.last].contains(whole.units.count),
            "\(whole.numbers.count) numbers of \(whole.units.count) units for a tensor of shape \(shape)")
        self.init(shape: shape, storage: device.store(whole: whole, shape: shape), on: device)
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
        return storage.whole.map { Tensor(whole: $0, shape: shape, on: device) }
            ?? Tensor(scalars, shape: shape, on: device)
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
    /// What the scalars are where the storage keeps a signed byte for each; nil in other storages.
    var whole: WholeNumbers? { get }
}

extension Storage {
    /// Most storages keep floats.
    public var whole: WholeNumbers? { nil }
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
    /// What they were made of, if whole numbers.
    public let whole: WholeNumbers?

    /// Keeps an array of scalars.
    public init(_ scalars: [Float]) { (self.scalars, whole) = (scalars, nil) }

    /// Keeps whole numbers beside what they stand for.
    init(_ whole: WholeNumbers) { (scalars, self.whole) = (whole.scalars, whole) }
}

/// Zeros without memory of their own.
private final class ZeroStorage: Storage {
    private let count: Int

    init(count: Int) { self.count = count }

    var scalars: [Float] { [Float](repeating: 0, count: count) }
}
