/// The element types of a matrix product.
public enum ProductPrecision: String, Sendable, CaseIterable {
    /// 32-bit floats, summed in 32-bit floats.
    case float32
    /// bfloat16, summed in 32-bit floats.
    case bfloat16
    /// uint8 by int8, summed in int32.
    case int8
}
