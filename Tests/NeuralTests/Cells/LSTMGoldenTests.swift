import Files
import Neural
import Tensors
import Testing

/// PyTorch 2.15 in double, `reverse` being false and true:
///
///     x, kernel, recurrent, bias = pattern(5, 1, 3, 2), pattern(3, 2, 8), pattern(7, 2, 8), pattern(4, 8)
///     weights = {"weight_ih_l0": kernel.T, "weight_hh_l0": recurrent.T,
///                "bias_ih_l0": bias, "bias_hh_l0": 0 * bias}
///     lstm = torch.nn.LSTM(2, 2, batch_first=True)
///     turn = (lambda t: t.flip(1)) if reverse else (lambda t: t)
///     y = turn(torch.func.functional_call(lstm, weights, (turn(x),))[0])
///     (y * pattern(6, 1, 3, 2).detach()).sum().backward()
///     y, x.grad, kernel.grad, recurrent.grad, bias.grad
private struct LSTMGolden {
    let output: [Float]
    let input: [Float]
    let kernel: [Float]
    let recurrentKernel: [Float]
    let bias: [Float]

    static let forward = LSTMGolden(
        output: [
            0.0166782, 0.0088065, 0.0545357, 0.1187324, 0.0377962, 0.1198974,
        ],
        input: [
            0.0007647, -0.0048964, 0.0342685, 0.0443406, -0.0235748, -0.0411122,
        ],
        kernel: [
            -0.0067926, -0.0229335, -0.0085811, -0.0077913, 0.0448072, -0.0675236, -0.007325,
            -0.0294967, 0.0178602, 0.0287658, 0.0079807, 0.0094128, 0.0838911, -0.0029965,
            0.0379058, 0.049273,
        ],
        recurrentKernel: [
            -0.0009769, -0.0004343, -0.0005655, -0.0003492, -0.0025677, -0.0005343, -0.0014605,
            -0.0009959, -0.0020222, -0.0018894, -0.0011761, -0.000909, -0.0054016, -0.0017949,
            -0.0033252, -0.0034173,
        ],
        bias: [
            -0.0277398, 0.0184879, -0.0117585, -0.0026513, -0.1287622, 0.0516788, -0.0401669,
            0.0096471,
        ])

    static let backward = LSTMGolden(
        output: [
            0.0245587, 0.0337199, 0.0431825, 0.1458603, 0.0227381, 0.0688219,
        ],
        input: [
            -0.0358233, -0.0491238, 0.0340161, 0.0470693, -0.0137316, -0.0238073,
        ],
        kernel: [
            -0.0096164, 0.0003618, 0.003466, 0.0021399, 0.0150113, 0.0233123, 0.0106788,
            -0.0027833, 0.0198241, 0.015923, 0.0017404, 0.00674, 0.0803095, 0.0205394,
            0.0321515, 0.0454692,
        ],
        recurrentKernel: [
            -0.0002978, 0.0007955, -0.0001423, 0.0001466, -0.0024871, -0.0004011, -0.0009731,
            0.0005839, -0.0009957, 0.002369, -0.0004779, 0.0003974, -0.0083835, -0.0015423,
            -0.0033172, 0.0015336,
        ],
        bias: [
            -0.025934, 0.0389873, -0.0034512, 0.0092003, -0.1111817, 0.0038746, -0.0384364,
            0.0237119,
        ])
}

@Test(arguments: [ScanDirection.forward, .backward])
func anLSTMGivesTheOutputsAndGradientsOfPyTorch(_ direction: ScanDirection) throws {
    let golden = direction == .forward ? LSTMGolden.forward : .backward
    var generator = SeededGenerator(seed: 1)
    let options = RecurrentOptions(returnSequences: true, direction: direction)
    var lstm = LSTM(features: 2, units: 2, options: options, on: reference, using: &generator)
    lstm.kernel.value = pattern(3, [2, 8])
    lstm.recurrentKernel.value = pattern(7, [2, 8])
    lstm.bias.value = pattern(4, [8])
    let (output, cache) = lstm.forward(pattern(5, [1, 3, 2]))
    let input = lstm.backward(pattern(6, [1, 3, 2]), cache)
    #expect(largestDifference(output.scalars, golden.output) <= 1e-6)
    #expect(largestDifference(input.scalars, golden.input) <= 1e-6)
    #expect(largestDifference(try #require(lstm.kernel.gradient).scalars, golden.kernel) <= 1e-6)
    #expect(
        largestDifference(try #require(lstm.recurrentKernel.gradient).scalars, golden.recurrentKernel) <= 1e-6
    )
    #expect(largestDifference(try #require(lstm.bias.gradient).scalars, golden.bias) <= 1e-6)
}
