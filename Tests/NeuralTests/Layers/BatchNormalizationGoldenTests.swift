import Neural
import Tensors
import Testing

/// PyTorch 2.15 in double, with channels moved to the last axis:
///
///     x, scale, shift = pattern(5, 1, 3, 2, 2), pattern(7, 2), pattern(3, 2)
///     mean, variance = tensor([0.1, -0.2]), tensor([0.5, 2.0])
///     normalized = lambda training: torch.nn.functional.batch_norm(
///         x.permute(0, 3, 1, 2), mean, variance, scale, shift, training).permute(0, 2, 3, 1)
///     inferred, y = normalized(False), normalized(True)
///     (y * pattern(6, 1, 3, 2, 2).detach()).sum().backward()
///     inferred, y, mean, variance, x.grad, scale.grad, shift.grad
private enum Golden {
    static let inferred: [Float] = [
        0.7667432, -0.6868632, -0.7888761, -0.9697052, -2.3444955, -0.6020106, -0.3221903,
        -0.8848526, -1.8778097, -1.1676946, 0.1444955, -0.8,
    ]
    static let output: [Float] = [
        0.4207573, -0.4447474, -1.1524399, -1.0537519, -2.7256371, -0.2620461, -0.6804808,
        -0.8710505, -2.2536779, -1.480055, -0.2085216, -0.6883492,
    ]
    static let mean: [Float] = [
        0.0766667, -0.1816667,
    ]
    static let variance: [Float] = [
        0.5086667, 1.8517667,
    ]
    static let input: [Float] = [
        1.541903, 0.3535615, -0.8017939, -0.2525439, 0.4728627, 0.2552511, -0.8223556,
        -0.3508544, 0.452301, 0.4437504, -0.8429172, -0.4491648,
    ]
    static let scale: [Float] = [
        -1.2156524, 0.8069309,
    ]
    static let shift: [Float] = [
        -2.4, 1.2,
    ]
}

private func normalization() -> BatchNormalization {
    var layer = BatchNormalization(channels: 2, on: reference)
    layer.scale.value = pattern(7, [2])
    layer.shift.value = pattern(3, [2])
    layer.mean = Tensor([0.1, -0.2], shape: [2], on: reference)
    layer.variance = Tensor([0.5, 2], shape: [2], on: reference)
    return layer
}

@Test func inferenceNormalizesByRunningStatisticsAsPyTorchDoes() {
    #expect(largestDifference(normalization()(pattern(5, [1, 3, 2, 2])).scalars, Golden.inferred) <= 2e-6)
}

@Test func trainingNormalizesAndDifferentiatesAsPyTorchDoes() throws {
    var layer = normalization()
    let (output, cache) = layer.forward(pattern(5, [1, 3, 2, 2]))
    let input = layer.backward(pattern(6, [1, 3, 2, 2]), cache)
    #expect(largestDifference(output.scalars, Golden.output) <= 2e-6)
    #expect(largestDifference(input.scalars, Golden.input) <= 5e-6)
    #expect(largestDifference(try #require(layer.scale.gradient).scalars, Golden.scale) <= 2e-6)
    #expect(largestDifference(try #require(layer.shift.gradient).scalars, Golden.shift) <= 2e-6)
}

@Test func runningStatisticsMoveAsInPyTorch() {
    var layer = normalization()
    _ = layer.forward(pattern(5, [1, 3, 2, 2]))
    #expect(largestDifference(layer.mean.scalars, Golden.mean) <= 1e-6)
    #expect(largestDifference(layer.variance.scalars, Golden.variance) <= 1e-6)
}
