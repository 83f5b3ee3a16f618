/// The sizes of a measurement.
struct Load {
    var batch = 64
    var width = 100
    var seconds = 15.0
    var threads: Int?

    /// Repeats `work` for the given seconds.
    func repeatedly(_ work: () -> Void) { CRNNBenchmarks.repeatedly(seconds: seconds, work) }
}
