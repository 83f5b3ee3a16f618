internal import CKernels
internal import COneDNN
internal import Tensors

/// Max pooling of 32-bit floats or bfloat16. Unlike oneDNN's, it keeps NaN visible. It applies a ReLU in the same pass
/// and stores each winner in a byte.
struct MaxPooling {
    let input: Shape
    let output: Shape
    private let isHalf: Bool
    private let window: crnn_window
    private let context: Context

    /// Nil for uint8 images, and for windows with more pixels than a byte can number.
    init?(_ input: Shape, _ layout: Descriptor, _ window: Window, in context: Context) {
        let type = layout.elementType
        guard [dnnl_f32, dnnl_bf16].contains(type), window.size.height * window.size.width < 255
        else { return nil }
        self.input = input
        output = window.outputShape(of: input, channels: input[3])
        isHalf = type == dnnl_bf16
        self.window = crnn_window(window)
        self.context = context
    }

    /// Memory for the winners: one byte for each output, padding included.
    func winners() -> Scratch<UInt8> {
        let planes = crnn_planes(output, lanes: lanes)
        return Scratch(output[0] * planes.image_stride, in: context)
    }

    private func blocks(of shape: Shape) -> Descriptor {
        isHalf ? Descriptor(Descriptor.dimensions(shape), dnnl_nChw16c, dnnl_bf16) : .blocked(shape)
    }

    /// The channels of a block.
    private var lanes: Int { isHalf ? 16 : Int(crnn_lanes) }

    private var sliding: crnn_sliding {
        crnn_sliding(
            inputs: crnn_planes(input, lanes: lanes), outputs: crnn_planes(output, lanes: lanes),
            window: window)
    }

    /// The maxima, in blocks of channels. Fills `winners`, if given.
    func maxima(_ source: Memory, winners: Scratch<UInt8>?, relu: Bool) -> Memory {
        let source = context.reordered(source, to: blocks(of: input))
        let result = context.memory(blocks(of: output))
        let pooling = crnn_pooling(sliding: sliding, relu: relu)
        forEachBlock { range in
            if isHalf {
                kernels.images.max_pooling_bf16(
                    result.halves, winners?.elements, source.halves, pooling, range)
            } else {
                kernels.images.max_pooling(result.floats, winners?.elements, source.floats, pooling, range)
            }
        }
        return withExtendedLifetime((source, winners)) { result }
    }

    /// The gradient for the input, in blocks of channels: each output's gradient is added at its winner.
    func inputGradient(_ gradient: Memory, _ winners: Scratch<UInt8>) -> Memory {
        let gradient = context.reordered(gradient, to: blocks(of: output))
        let result = context.memory(blocks(of: input)), sliding = sliding
        forEachBlock { range in
            if isHalf {
                kernels.images.max_pooling_gradient_bf16(
                    result.halves, gradient.halves, winners.elements, sliding, range)
            } else {
                kernels.images.max_pooling_gradient(
                    result.floats, gradient.floats, winners.elements, sliding, range)
            }
        }
        return withExtendedLifetime((gradient, winners)) { result }
    }

    private func forEachBlock(_ body: (crnn_range) -> Void) {
        let block = max(1, input[1] * input[2] * lanes)
        let count = input[0] * crnn_planes(input, lanes: lanes).channels / lanes
        context.forEachRange(of: count, grain: max(1, (1 << 14) / block)) { body(crnn_range($0)) }
    }
}
