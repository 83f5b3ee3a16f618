/// The measured speed of one load.
struct BenchmarkFigure: Encodable {
    let precision: BenchmarkPrecision
    let batch: Int
    let height: Int
    let width: Int
    let threads: Int
    let imagesPerSecond: Double
    let milliseconds: Double
    /// The processor time of all threads.
    let processorMilliseconds: Double
    /// The time for the operations at the peak rate, divided by ``milliseconds``; nil if there is no peak.
    let boundFraction: Double?
    /// The peak memory of the process in training; nil for inference.
    let peakMebibytes: Int?
}
