import Neural
import Tensors
import Testing

/// PyTorch 2.15 in double, with channels moved to the last axis:
///
///     x = pattern(9, 1, 4, 3, 2)
///     y = torch.nn.functional.max_pool2d(x.permute(0, 3, 1, 2), 2, (2, 1), (0, 1)).permute(0, 2, 3, 1)
///     (y * torch.arange(1, 17).reshape(1, 2, 4, 2)).sum().backward()
///     y, x.grad
private enum Golden {
    static let output: [Float] = [
        -0.3, 0.6, 0.7, 0.6, 1, 1.1, 1, 1.1, 0.5, -0.1, 0.8, 0.9, 0.8, 0.9, 0.3, 0.4,
    ]
    static let input: [Float] = [
        0, 0, 3, 0, 0, 14, 1, 6, 0, 0, 12, 0, 9, 0, 0, 26, 0, 16, 0, 10, 24, 0, 15, 0,
    ]
}

@Test func overlappingWindowsOverPaddingPoolAsInPyTorch() {
    let padding = Extent(height: 0, width: 1)
    var layer = MaxPooling2D(
        Window(size: .square(2), strides: Extent(height: 2, width: 1), padding: padding))
    let (output, cache) = layer.forward(pattern(9, [1, 4, 3, 2]))
    let gradient = Tensor((1...16).map(Float.init), shape: output.shape, on: reference)
    #expect(output.shape == [1, 2, 4, 2])
    #expect(largestDifference(output.scalars, Golden.output) <= 1e-6)
    #expect(layer.backward(gradient, cache).scalars == Golden.input)
}
