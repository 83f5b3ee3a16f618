/// The speed of one layer in one pass, or of another part of a training step.
struct BenchmarkLayer: Encodable {
    /// A pass over the layers; `step` for the other parts of a training step.
    enum Pass: String, Encodable {
        case inference, forward, backward, step
    }

    let pass: Pass
    let precision: BenchmarkPrecision
    let batch: Int
    let width: Int
    let name: String
    /// The number of operations for one image; nil for parts that are not layers.
    let operations: Double?
    let milliseconds: Double
    /// 10⁹ operations per second.
    let rate: Double?
    /// The fraction of the summed time of all parts.
    let share: Double
}
