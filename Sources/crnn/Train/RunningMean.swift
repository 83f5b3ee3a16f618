/// A running mean: after fifty values, it becomes an exponential mean in which a new value has the weight 1/50.
struct RunningMean {
    private(set) var value = 0.0
    private var count = 0.0

    mutating func add(_ next: Double) {
        count = min(count + 1, 50)
        value += (next - value) / count
    }
}
