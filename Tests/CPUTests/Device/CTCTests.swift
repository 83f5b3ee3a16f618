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
            #expect(difference < max(3e-5, 1e-6 * size), "blank \(blank), time-major \(timeMajor)")
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

/// Values of PyTorch 2.13.
@Test(arguments: [Float(0), 1e4, 1e5])
func anOffsetOfAllScoresCostsNoDigitsOnTheCPU(_ offset: Float) {
    let scores = Tensor(
        [0.25, 0.5, 0.125, 0.75, -0.5, 0.25].map { $0 + offset }, shape: [1, 2, 3], on: device)
    let found = device.ctcLoss(scores, labels: [[1]], blank: 0, divisor: 1)
    #expect(relativeDifference(found.losses, [1.128_947_6]) < 5e-7)
    let gradient: [Float] = [0.167_999_8, -0.446_695_8, 0.278_696, -0.134_159_7, -0.186_241_4, 0.320_401_1]
    #expect(relativeDifference(found.gradient.scalars, gradient) < 1e-6)
    let losses = device.crossEntropy(scores, labels: [1, 0], divisor: 1).losses
    #expect(relativeDifference(losses, [0.902_633_9, 0.638_181_6]) < 1e-6)
    let logits: [Float] = [
        -1.152_633_9, -0.902_633_9, -1.277_633_9, -0.638_181_6, -1.888_181_6, -1.138_181_6,
    ]
    #expect(relativeDifference(device.logSoftmax(scores).scalars, logits) < 1e-6)
}
