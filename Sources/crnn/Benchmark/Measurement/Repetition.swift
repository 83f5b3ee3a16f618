/// Repeats `work` for the given number of seconds, at least four times.
func repeatedly(seconds: Double, _ work: () -> Void) {
    let start = ContinuousClock.now
    var count = 0
    while count < 4 || ContinuousClock.now - start < .seconds(seconds) {
        work()
        count += 1
    }
}
