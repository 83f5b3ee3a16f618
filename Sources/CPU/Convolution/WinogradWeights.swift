internal import CKernels
internal import Tensors

/// A kernel `[3 × 3 × inputs × outputs]` in row-major order, or some of its inputs or outputs.
struct WinogradWeights {
    let weights: crnn_winograd_weights
    let inputs: Int
    let outputs: Int

    init(_ memory: Memory, _ shape: Shape) {
        (inputs, outputs) = (shape[2], shape[3])
        weights = crnn_winograd_weights(
            values: memory.floats, weight_stride: inputs * outputs, input_stride: outputs)
    }

    private init(_ weights: crnn_winograd_weights, offset: Int, inputs: Int, outputs: Int) {
        var weights = weights
        weights.values += offset
        (self.weights, self.inputs, self.outputs) = (weights, inputs, outputs)
    }

    /// The kernel rotated by 180°: its weights in reverse order.
    var rotated: WinogradWeights {
        var reversed = weights
        reversed.weight_stride = -weights.weight_stride
        return WinogradWeights(reversed, offset: 8 * weights.weight_stride, inputs: inputs, outputs: outputs)
    }

    func inputs(_ range: Range<Int>) -> WinogradWeights {
        WinogradWeights(
            weights, offset: range.lowerBound * weights.input_stride, inputs: range.count, outputs: outputs)
    }

    func outputs(_ range: Range<Int>) -> WinogradWeights {
        WinogradWeights(weights, offset: range.lowerBound, inputs: inputs, outputs: range.count)
    }

    /// The sizes of the products of so many tiles and this kernel.
    func sizes(tiles: Int) -> crnn_winograd_sizes {
        crnn_winograd_sizes(tiles: tiles, inputs: inputs, outputs: outputs)
    }
}
