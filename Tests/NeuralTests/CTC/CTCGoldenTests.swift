import Neural
import Tensors
import Testing

/// Two symbols, a repeated one, none, and a repeated one at the end; five frames, blank is class 0.
private let labels = [[1, 2], [2, 2, 3], [], [3, 1, 1]]

/// PyTorch 2.15 in double:
///
///     scores = pattern(9, 4, 5, 4)
///     losses = torch.nn.functional.ctc_loss(
///         scores.log_softmax(2).transpose(0, 1), tensor(sum(labels, [])), tensor([5] * 4),
///         tensor([2, 3, 0, 3]), reduction="none")
///     losses.sum().backward()
///     losses, scores.grad
private let losses: [Float] = [4.0949509, 5.914607, 6.539861, 6.3848905]
private let gradients: [[Float]] = [
    [
        -0.1402257, -0.5452956, 0.5499142, 0.1356072, -0.0009431, -0.2838876, 0.0164184,
        0.2684124, -0.0002331, 0.0292622, -0.1646363, 0.1356072, -0.1701566, 0.0562092,
        -0.3320454, 0.4459928, -0.5086993, 0.4425372, -0.2022502, 0.2684124,
    ],
    [
        0.3501819, 0.1231325, -0.547998, 0.0746836, -0.5804719, 0.4425372, -0.1304776,
        0.2684124, 0.1105759, 0.1231325, -0.308392, 0.0746836, 0.0307772, 0.4425372,
        -0.3700836, -0.1032308, -0.0582448, 0.2235784, 0.5499142, -0.7152479,
    ],
    [
        -0.7010421, 0.0737221, 0.1813271, 0.4459928, -0.8200778, 0.4425372, 0.1091283,
        0.2684124, -0.7010421, 0.0737221, 0.1813271, 0.4459928, -0.8200778, 0.4425372,
        0.1091283, 0.2684124, -0.5006732, 0.1231325, 0.302857, 0.0746836,
    ],
    [
        0.1727764, 0.4425372, 0.1091283, -0.7244419, 0.0837544, -0.7514697, 0.5499142,
        0.1178011, -0.6585144, 0.0311944, 0.1813271, 0.4459928, -0.0229009, -0.6626204,
        0.5499142, 0.1356072, -0.4119365, -0.2153834, 0.1813271, 0.4459928,
    ],
]

@Test func ctcGivesTheLossesAndGradientsOfPyTorch() {
    let result = ctcLoss(pattern(9, [4, 5, 4]), labels: labels, blank: 0, divisor: 1)
    #expect(largestDifference(result.losses, losses) <= 5e-6)
    #expect(largestDifference(result.gradient.scalars, gradients.flatMap { $0 }) <= 2e-6)
}
