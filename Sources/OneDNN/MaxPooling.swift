internal import CKernels
internal import COneDNN
internal import Tensors

/// Max pooling of images in blocks of eight channels, which takes the ReLU along and remembers winners in a byte.
struct MaxPooling {
    let input: Shape
    let output: Shape
    private let window: crnn_window
    private let context: Context

    /// Nil on a processor without the vectors, for images in a layout with other blocks, and for windows of more places than a byte can tell.
    init?(_ input: Shape, _ layout: Descriptor, _ window: Window, in context: Context) {
        guard crnn_vectors_run(), input[3] % Int(crnn_lanes) == 0,
            layout.matches(.blocked(input)) || layout.matches(.rowMajor(input)),
            window.size.height * window.size.width < 255
        else { return nil }
        self.input = input
        output = window.outputShape(of: input, channels: input[3])
        self.window = crnn_window(
            height: window.size.height, width: window.size.width, row_step: window.strides.height,
            column_step: window.strides.width, top: window.padding.height, left: window.padding.width)
        self.context = context
    }

    /// In blocks of eight channels.
    var inputLayout: Descriptor { .blocked(input) }

    /// One byte for each output.
    var winnersLayout: Descriptor { .dense([(output.count + 3) / 4]) }

    /// The maxima, in blocks of eight channels.
    func maxima(_ source: Memory, winners: Memory?, relu: Bool) -> Memory {
        let source = context.reordered(source, to: inputLayout)
        let result = context.memory(.blocked(output))
        forEachBlock { blocks in
            crnn_max_pooling(
                result.floats, winners?.bytes, source.floats, crnn_planes(output), crnn_planes(input), window,
                relu, blocks)
        }
        return withExtendedLifetime(source) { result }
    }

    /// Each output's gradient at its winner's place.
    func spread(_ gradient: Memory, _ winners: Memory, into result: Memory) {
        forEachBlock { blocks in
            crnn_max_pooling_gradient(
                result.floats, gradient.floats, winners.bytes, crnn_planes(output), crnn_planes(input),
                window, blocks)
        }
    }

    private func forEachBlock(_ body: (crnn_range) -> Void) {
        let block = input[1] * input[2] * Int(crnn_lanes)
        context.forEachRange(of: input.count / block, grain: max(1, (1 << 14) / block)) {
            body(crnn_range($0))
        }
    }
}

extension Memory {
    /// The bytes as small numbers.
    fileprivate var bytes: UnsafeMutablePointer<UInt8> {
        buffer.bytes.assumingMemoryBound(to: UInt8.self)
    }
}
