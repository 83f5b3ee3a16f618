extension Tensor {
    /// The scalars in row-major order as little-endian 32-bit floats.
    public var bytes: [UInt8] {
        let scalars = scalars
        return [UInt8](unsafeUninitializedCapacity: scalars.count * 4) { buffer, count in
            scalars.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
            count = scalars.count * 4
        }
    }

    /// A tensor of little-endian 32-bit floats in row-major order.
    public init(bytes: some Collection<UInt8>, shape: Shape, on device: any Device) {
        precondition(
            bytes.count == shape.count * 4, "\(bytes.count) bytes do not fill a tensor of shape \(shape)")
        let scalars = [Float](unsafeUninitializedCapacity: shape.count) { buffer, count in
            UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
            count = shape.count
        }
        self.init(scalars, shape: shape, on: device)
    }
}
