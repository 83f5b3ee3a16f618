import Tensors
import Testing

/// Values and derivatives of PyTorch 2.13 in 64 bits at −20, −3, −1, −¼, 0, ½, 2 and 8; see
/// `scripts/golden/activations.py`.
@Test(arguments: SelfGatedActivation.allCases)
func selfGatedFunctionsAreThoseOfPyTorch(_ activation: SelfGatedActivation) throws {
    let golden = try #require(goldens[activation])
    for (x, expected) in zip(points, golden) {
        let value = activation.value(at: x), slope = activation.derivative(at: x)
        #expect(abs(value - expected.0) <= 1e-7 + 1e-6 * abs(expected.0), "at \(x)")
        #expect(abs(slope - expected.1) <= 1e-7 + 1e-6 * abs(expected.1), "slope at \(x)")
    }
}

@Test(arguments: SelfGatedActivation.allCases)
func selfGatedFunctionsHaveTheirLimitsAndPassNotANumberOn(_ activation: SelfGatedActivation) {
    #expect(activation.value(at: .infinity) == .infinity && activation.derivative(at: .infinity) == 1)
    #expect(activation.value(at: -.infinity) == 0 && activation.derivative(at: -.infinity) == 0)
    #expect(activation.value(at: .nan).isNaN && activation.derivative(at: .nan).isNaN)
    for x in [Float(-1e30), -200, -100] {
        #expect(abs(activation.value(at: x)) < 1e-6 && abs(activation.derivative(at: x)) < 1e-6)
    }
    #expect(activation.value(at: 1e30) == 1e30 && activation.derivative(at: 1e30) == 1)
}

private let points: [Float] = [-20, -3, -1, -0.25, 0, 0.5, 2, 8]
private let goldens: [SelfGatedActivation: [(Float, Float)]] = [
    .gelu: [
        (-0, 0), (-0.0040496941, -0.011945647), (-0.15865525, -0.083315471),
        (-0.10032342, 0.30462665),
        (0, 0.5), (0.34573123, 0.86749512), (1.9544997, 1.0852318), (8, 1),
    ],
    .geluTanh: [
        (-0, 0), (-0.0036373921, -0.011584167), (-0.15880801, -0.082964084), (-0.10032465, 0.3046459),
        (0, 0.5), (0.34571401, 0.8673699), (1.9545977, 1.0860993), (8, 1),
    ],
    .silu: [
        (-4.1223072e-08, -3.9161919e-08), (-0.14227762, -0.088104106), (-0.26894142, 0.072329488),
        (-0.10945587, 0.37628998),
        (0, 0.5), (0.31122967, 0.73996119), (1.7615942, 1.0907842), (7.9973172, 1.0023466),
    ],
    .mish: [
        (-4.1223072e-08, -3.9161919e-08), (-0.14564746, -0.093393115), (-0.30340146, 0.059216756),
        (-0.12992696, 0.4398156),
        (0, 0.6), (0.37524521, 0.88642438), (1.943959, 1.0693179), (7.9999982, 1.0000034),
    ],
]
