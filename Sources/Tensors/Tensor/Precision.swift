/// The element type of a device's most expensive kernels: convolutions and the products of inputs and weights.
///
/// Weights, statistics, states, losses and optimizers are always 32-bit floats.
public enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
    /// 32-bit floats.
    case float32 = "f32"
    /// The upper half of a 32-bit float: 8 bits of precision over the same range. Sums are 32-bit floats.
    case bfloat16 = "bf16"
}
