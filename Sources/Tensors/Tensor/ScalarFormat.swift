/// How scalars are stored in bytes, little-endian.
public enum ScalarFormat: String, Sendable, Hashable, CaseIterable {
    /// IEEE 754 single precision.
    case float32 = "F32"
    /// IEEE 754 half precision: 11 significant bits, up to 65504.
    case float16 = "F16"
    /// Signed integers of 8 bits.
    case int8 = "I8"

    /// The size of one scalar in bytes.
    public var size: Int {
        switch self {
        case .float32: 4
        case .float16: 2
        case .int8: 1
        }
    }
}
