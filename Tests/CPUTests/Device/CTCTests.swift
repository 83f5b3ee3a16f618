import CPU
import Tensors
import TestSupport
import Testing

/// Labels: empty, short, with repeated symbols, as long as the frames allow, and too long.
private let labels: [[Int]] = [[], [3], [1, 1], [2, 2, 2, 1], (0..<60).map { 1 + $0 * $0 % 6 }]

/// Scores up to the given magnitude, batch-major or, as from a network, time-major.
private func scores(_ time: Int, size: Float, timeMajor: Bool, on device: any Device) -> Tensor {
    let shape: Shape = timeMajor ? [5, 1, time, 7] : [5, time, 7]
    let wave = device.scaled(.wave(shape, on: device), by: size, plus: 0)
    return timeMajor ? device.reshaped(wave, to: [5, time, 7]) : wave
}

/// 32-bit floats round log-probabilities near 1000 to 6e-5, and some of these samples sum hundreds of them.
@Test(arguments: [1, 2, 7, 80, 200], [Float(1), 20, 1000])
func ctcAgreesWithTheReference(_ time: Int, _ size: Float) {
    for blank in [0, 6] {
        let labels = labels.map { $0.map { blank == 0 ? $0 : $0 - 1 } }
        for timeMajor in [false, true] {
            let difference = disagreement { device in
                let scores = scores(time, size: size, timeMajor: timeMajor, on: device)
                let result = device.ctcLoss(scores, labels: labels, blank: blank, divisor: 5)
                let finite = result.losses.map { $0.isFinite ? $0 : -1 }
                return [result.gradient, Tensor(finite, shape: [5], on: device)]
            }
            #expect(difference < max(2e-5, 1e-6 * size), "blank \(blank), time-major \(timeMajor)")
        }
    }
}

@Test func impossibleLabelsLeaveNoGradient() {
    let impossible = Tensor([0, -.infinity, 0, -.infinity], shape: [1, 2, 2], on: device)
    let result = device.ctcLoss(impossible, labels: [[1]], blank: 0, divisor: 1)
    #expect(result.losses == [.infinity])
    #expect(result.gradient.scalars == [0, 0, 0, 0])
}

@Test func ctcPassesNotANumberOn() {
    let scores = Tensor([0, .nan, 1, 0], shape: [1, 2, 2], on: device)
    let result = device.ctcLoss(scores, labels: [[1]], blank: 0, divisor: 1)
    #expect(result.losses[0].isNaN && result.gradient.scalars.contains { $0.isNaN })
}
