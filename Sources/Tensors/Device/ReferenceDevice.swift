/// Answers every kernel with its plain Swift default: slow, but obviously right. Faster devices are tested against it.
public final class ReferenceDevice: Device {
    /// A device without state; any number may exist.
    public init() {}

    /// The name for users.
    public var name: String { "plain Swift" }

    /// Keeps the scalars as they are.
    public func store(_ scalars: [Float], shape: Shape, _: Checked) -> any Storage { HostStorage(scalars) }
}

extension Tensor {
    /// A tensor on the device of an existing one.
    init(_ scalars: [Float], shape: Shape, like other: Tensor) {
        self.init(scalars, shape: shape, on: other.device)
    }
}
