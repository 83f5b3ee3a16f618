internal import CKernels
internal import Tensors

extension crnn_range {
    init(_ range: Range<Int>) { self.init(first: range.lowerBound, count: range.count) }
}

extension crnn_planes {
    /// Images in oneDNN's layout with blocks of channels. The last block is padded.
    init(_ shape: Shape, lanes: Int = Int(crnn_lanes)) {
        let (height, width) = (shape[1], shape[2])
        let channels = (shape[3] + lanes - 1) / lanes * lanes
        self.init(
            channels: channels, height: height, width: width, pixel_stride: lanes,
            row_stride: lanes * width, block_stride: lanes * width * height,
            image_stride: channels * width * height)
    }
}

extension crnn_images {
    /// Images of floats in blocks of eight channels.
    init(_ memory: Memory, _ shape: Shape) {
        self.init(values: memory.floats, planes: crnn_planes(shape))
    }
}

extension crnn_window {
    /// The kernel of a convolution, sliding over its input.
    init(_ problem: ConvolutionProblem) {
        let margins = problem.options.margins(of: problem.input, kernel: problem.kernel).before
        self.init(
            height: problem.kernel[0], width: problem.kernel[1], row_step: problem.options.strides.height,
            column_step: problem.options.strides.width, top: margins.height, left: margins.width)
    }

    /// A pooling window.
    init(_ window: Window) {
        self.init(
            height: window.size.height, width: window.size.width, row_step: window.strides.height,
            column_step: window.strides.width, top: window.padding.height, left: window.padding.width)
    }
}
