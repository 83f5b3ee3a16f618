/// Holds a tensor's scalars in a device's own layout.
///
/// Storage is immutable once shared: only ``Tensor/mutateStorage(adopting:copying:_:)`` changes it, and only while it
/// has one owner.
public protocol Storage: AnyObject, Sendable {
    /// The scalars in row-major order of the tensor's shape.
    var scalars: [Float] { get }
    /// How many scalars there are.
    var count: Int { get }
    /// The int8 values that the scalars are dequantized from; nil if the storage keeps none.
    var int8: Int8Values? { get }
}

extension Storage {
    /// Most storages keep floats.
    public var int8: Int8Values? { nil }
}

/// Scalars in a Swift array, row-major: the storage of the reference device and of the host's inputs.
public final class HostStorage: Storage {
    /// The scalars in row-major order.
    public let scalars: [Float]
    /// The int8 values that the scalars were dequantized from, if any.
    public let int8: Int8Values?

    /// How many scalars there are.
    public var count: Int { scalars.count }

    /// Keeps an array of scalars.
    public init(_ scalars: [Float]) { (self.scalars, int8) = (scalars, nil) }

    /// Keeps int8 values and the floats that they dequantize to.
    init(_ int8: Int8Values) { (scalars, self.int8) = (int8.scalars, int8) }
}

/// Zeros without memory of their own.
final class ZeroStorage: Storage {
    let count: Int

    init(count: Int) { self.count = count }

    var scalars: [Float] { [Float](repeating: 0, count: count) }
}
