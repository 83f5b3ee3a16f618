/// How scalars are stored in bytes, little-endian.
public enum ScalarFormat: String, Sendable, Hashable, CaseIterable {
    /// IEEE 754 single precision.
    case float32 = "F32"
    /// IEEE 754 half precision: 11 significant bits, up to 65504.
    case float16 = "F16"
    /// Whole numbers from −128 to 127.
    case int8 = "I8"

    /// The bytes of one scalar.
    public var size: Int {
        switch self {
        case .float32: 4
        case .float16: 2
        case .int8: 1
        }
    }
}

extension Tensor {
    /// The scalars in row-major order as bytes; for whole numbers, they have to be some.
    public func bytes(_ format: ScalarFormat = .float32) -> [UInt8] {
        switch format {
        case .float32: rawBytes(of: scalars)
        case .float16: rawBytes(of: scalars.map { Float16($0) })
        case .int8: rawBytes(of: wholeNumbers)
        }
    }

    /// The scalars in row-major order, which have to be whole numbers from −128 to 127.
    public var wholeNumbers: [Int8] { storage.wholeNumbers ?? scalars.map { Int8($0) } }

    /// A tensor of scalars in row-major order, stored as bytes.
    public init(
        bytes: some Collection<UInt8>, _ format: ScalarFormat = .float32, shape: Shape, on device: any Device
    ) {
        precondition(
            bytes.count == shape.count * format.size,
            "\(bytes.count) bytes do not fill a tensor of shape \(shape)")
        switch format {
        case .float32: self.init(values(in: bytes, as: Float.self), shape: shape, on: device)
        case .float16:
            self.init(values(in: bytes, as: Float16.self).map { Float($0) }, shape: shape, on: device)
        case .int8: self.init(whole: values(in: bytes, as: Int8.self), shape: shape, on: device)
        }
    }
}

private func rawBytes<Value: BitwiseCopyable>(of values: [Value]) -> [UInt8] {
    values.withUnsafeBytes { [UInt8]($0) }
}

private func values<Value: BitwiseCopyable>(in bytes: some Collection<UInt8>, as type: Value.Type) -> [Value]
{
    let count = bytes.count / MemoryLayout<Value>.size
    return [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
        UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
        initialized = count
    }
}
