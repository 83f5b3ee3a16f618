import Tensors
import Testing

/// Points on both sides of every corner, none nearer to one than a difference reaches.
private let points: [Float] = [-4, -2.2, -0.7, -0.1, 0.1, 0.6, 1.3, 2.2, 4, 7]

@Test(arguments: Activation.allCases)
func derivativesAgreeWithDifferences(_ activation: Activation) {
    let step: Float = 0.01
    for x in points {
        let above = activation.value(at: x + step), below = activation.value(at: x - step)
        let numeric = (above - below) / (2 * step)
        let analytic = activation.derivative(whereValueIs: activation.value(at: x))
        #expect(abs(analytic - numeric) < 2e-4 * max(1, abs(numeric)), "at \(x)")
    }
}

@Test(arguments: Activation.allCases)
func activationsRise(_ activation: Activation) {
    let values = points.map { activation.value(at: $0) }
    #expect(values == values.sorted())
    #expect(activation.value(at: .nan).isNaN)
}
