/// The rows of consecutive samples at one step of a scan.
struct ScanStep {
    /// The number of steps before this one.
    let index: Int
    /// The first row, among all rows `[time × batch]`.
    let row: Int
    /// The first row of the previous step; nil for the first step.
    let previousRow: Int?
    /// The first sample.
    let sample: Int
    /// The number of samples.
    let count: Int
}
