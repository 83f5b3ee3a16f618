/// The element type in which a device computes what takes most of the time: convolutions and the products of
/// inputs with weights.
///
/// Weights, statistics, states, losses and optimizers are 32-bit floats in either.
public enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
    /// 32-bit floats.
    case float32 = "f32"
    /// The upper half of a 32-bit float: 8 bits of precision over the same range. Sums are 32-bit floats.
    case bfloat16 = "bf16"
}
