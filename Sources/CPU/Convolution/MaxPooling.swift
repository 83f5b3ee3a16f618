internal import CKernels
internal import COneDNN
internal import Tensors

/// Max pooling of floats or bfloat16, which keeps NaN visible (oneDNN's does not), takes the ReLU along and remembers
/// winners in a byte.
struct MaxPooling {
    let input: Shape
    let output: Shape
    private let isHalf: Bool
    private let window: crnn_window
    private let context: Context

    /// Nil for images of bytes, and for windows of more places than a byte can number.
    init?(_ input: Shape, _ layout: Descriptor, _ window: Window, in context: Context) {
        let type = layout.elementType
        guard [dnnl_f32, dnnl_bf16].contains(type), window.size.height * window.size.width < 255
        else { return nil }
        self.input = input
        output = window.outputShape(of: input, channels: input[3])
        isHalf = type == dnnl_bf16
        self.window = crnn_window(
            height: window.size.height, width: window.size.width, row_step: window.strides.height,
            column_step: window.strides.width, top: window.padding.height, left: window.padding.width)
        self.context = context
    }

    /// In blocks of eight channels, those of bfloat16 in blocks of sixteen.
    var inputLayout: Descriptor { blocks(of: input) }

    /// One byte for each output, padding included.
    var winnersLayout: Descriptor { .dense([blocks(of: output).size], dnnl_u8) }

    private func blocks(of shape: Shape) -> Descriptor {
        isHalf ? Descriptor(Descriptor.dimensions(shape), dnnl_nChw16c, dnnl_bf16) : .blocked(shape)
    }

    private var lanes: Int { isHalf ? 16 : Int(crnn_lanes) }

    /// The maxima, in blocks of channels.
    func maxima(_ source: Memory, winners: Memory?, relu: Bool) -> Memory {
        let source = context.reordered(source, to: inputLayout), result = context.memory(blocks(of: output))
        let (inputs, outputs) = (crnn_planes(input, lanes: lanes), crnn_planes(output, lanes: lanes))
        forEachBlock { range in
            if isHalf {
                kernels.images.max_pooling_bf16(
                    result.halves, winners?.unsignedBytes, source.halves, outputs, inputs, window, relu,
                    range)
            } else {
                kernels.images.max_pooling(
                    result.floats, winners?.unsignedBytes, source.floats, outputs, inputs, window, relu,
                    range)
            }
        }
        return withExtendedLifetime(source) { result }
    }

    /// Each output's gradient at its winner's place, in blocks of channels.
    func spread(_ gradient: Memory, _ winners: Memory) -> Memory {
        let gradient = context.reordered(gradient, to: blocks(of: output))
        let result = context.memory(inputLayout)
        let (inputs, outputs) = (crnn_planes(input, lanes: lanes), crnn_planes(output, lanes: lanes))
        forEachBlock { range in
            if isHalf {
                kernels.images.max_pooling_gradient_bf16(
                    result.halves, gradient.halves, winners.unsignedBytes, outputs, inputs, window, range)
            } else {
                kernels.images.max_pooling_gradient(
                    result.floats, gradient.floats, winners.unsignedBytes, outputs, inputs, window, range)
            }
        }
        return withExtendedLifetime(gradient) { result }
    }

    private func forEachBlock(_ body: (crnn_range) -> Void) {
        let block = max(1, input[1] * input[2] * lanes)
        let count = input[0] * crnn_planes(input, lanes: lanes).channels / lanes
        context.forEachRange(of: count, grain: max(1, (1 << 14) / block)) { body(crnn_range($0)) }
    }
}
