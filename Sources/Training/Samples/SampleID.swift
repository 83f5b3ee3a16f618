/// Identifies a training sample.
enum SampleID: Sendable, Hashable {
    /// A sample of the data sets, by its index in all of them together.
    case stored(Int)
    /// A synthetic image, by its number.
    case synthetic(Int)
}
