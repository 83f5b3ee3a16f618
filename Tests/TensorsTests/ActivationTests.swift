import Foundation
import Tensors
import Testing

/// Points on either side of every corner, and far out.
private let points: [Float] = [-7, -3.2, -2.7, -1.3, -0.6, -0.1, 0.1, 0.6, 1.3, 2.7, 3.2, 5.5, 7]

@Test(arguments: Activation.allCases)
func anActivationsDerivativeFollowsFromItsValue(_ activation: Activation) {
    let step: Float = 1 / 64
    for x in points {
        let numeric = Double(activation.value(at: x + step) - activation.value(at: x - step)) * 32
        let analytic = Double(activation.derivative(whereValueIs: activation.value(at: x)))
        #expect(abs(analytic - numeric) <= 3e-4 + 3e-4 * abs(numeric), "at \(x)")
    }
}

/// Values from Keras' definitions, to six digits.
@Test(arguments: [
    (Activation.identity, [-2, 0, 2]), (.relu, [0, 0, 2]), (.relu6, [0, 0, 2]), (.leakyReLU, [-0.4, 0, 2]),
    (.elu, [-0.864_665, 0, 2]), (.selu, [-1.520_166, 0, 2.101_402]),
    (.softplus, [0.126_928, 0.693_147, 2.126_928]),
    (.softsign, [-0.666_667, 0, 0.666_667]), (.exponential, [0.135_335, 1, 7.389_056]),
    (.tanh, [-0.964_028, 0, 0.964_028]), (.hardTanh, [-1, 0, 1]), (.sigmoid, [0.119_203, 0.5, 0.880_797]),
    (.hardSigmoid, [0.166_667, 0.5, 0.833_333]), (.keras2HardSigmoid, [0.1, 0.5, 0.9]),
])
func anActivationHasItsValuesAtMinusTwoZeroAndTwo(_ activation: Activation, _ values: [Float]) {
    for (x, value) in zip([Float(-2), 0, 2], values) {
        #expect(abs(activation.value(at: x) - value) < 2e-6, "at \(x)")
    }
}

@Test func limitsAreReachedWhereTheyAreStated() {
    #expect([-9, 7, 6.5].map(Activation.relu6.value) == [0, 6, 6])
    #expect([-3, 3].map(Activation.hardSigmoid.value) == [0, 1])
    #expect([-2.5, 2.5].map(Activation.keras2HardSigmoid.value) == [0, 1])
    #expect([-100, 100].map(Activation.softplus.value) == [exp(-100), 100])
    #expect(Activation.allCases.allSatisfy { $0.value(at: .nan).isNaN })
}
