internal import COneDNN
internal import Tensors

/// The shapes, options and precision of a convolution. oneDNN chooses all layouts.
struct ConvolutionProblem: Sendable, Hashable {
    let input: Shape
    let kernel: Shape
    let output: Shape
    let options: ConvolutionOptions
    /// The precision of images and kernel. Bias and weight gradients are 32-bit floats.
    let precision: Precision

    init(
        input: Shape, kernel: Shape, _ options: ConvolutionOptions, _ precision: Precision
    ) {
        self.input = input
        self.kernel = kernel
        self.options = options
        self.precision = precision
        output = options.outputShape(of: input, kernel: kernel)
    }

    private func image(_ shape: Shape, _ type: dnnl_data_type_t) -> Descriptor {
        Descriptor(anyLayoutOf: Descriptor.dimensions(shape), type)
    }
    /// The row-major layout `[output]`.
    var bias: Descriptor { .dense([kernel[3]]) }

    /// The convolution of inference.
    func inference() -> PrimitiveDescriptor { forward(dnnl_forward_inference) }

    /// The convolution of a training step.
    func training() -> PrimitiveDescriptor { forward(dnnl_forward_training) }

    private func forward(_ purpose: dnnl_prop_kind_t) -> PrimitiveDescriptor {
        let type = precision.elementType
        return withDescription(ConvolutionTypes(source: type, kernel: type, target: type)) { description in
            PrimitiveDescriptor("a convolution") { onednn_convolution_forward($0, $1, description, purpose) }
        }
    }

    /// The convolution of a uint8 image and an int8 kernel with int32 sums. The result is uint8 or floats.
    func quantized(_ attributes: Attributes, result: dnnl_data_type_t) -> PrimitiveDescriptor {
        let types = ConvolutionTypes(source: dnnl_u8, kernel: dnnl_s8, target: result)
        return withDescription(types) { description in
            PrimitiveDescriptor("a quantized convolution", attributes) {
                onednn_convolution_forward($0, $1, description, dnnl_forward_inference)
            }
        }
    }

    /// The gradient for the input.
    func inputGradient(_ forward: PrimitiveDescriptor) -> PrimitiveDescriptor {
        let type = precision.elementType
        return withDescription(ConvolutionTypes(source: type, kernel: type, target: type)) { description in
            PrimitiveDescriptor("a convolution's input gradient", forward: forward) {
                onednn_convolution_input_gradient($0, $1, description)
            }
        }
    }

    /// The gradients of kernel and bias.
    ///
    /// oneDNN prefers its direct kernel for AVX2. Its algorithm by matrix products is faster by half in each layer of
    /// the paper's network.
    func kernelGradient(_ forward: PrimitiveDescriptor) -> PrimitiveDescriptor {
        let type = precision.elementType
        return withDescription(ConvolutionTypes(source: type, kernel: dnnl_f32, target: type)) {
            description in
            let preferred = PrimitiveDescriptor("a convolution's kernel gradient", forward: forward) {
                onednn_convolution_kernel_gradient($0, $1, description, "")
            }
            guard preferred.implementation == "jit:avx2" else { return preferred }
            let product = PrimitiveDescriptor(ifImplemented: forward) {
                onednn_convolution_kernel_gradient($0, $1, description, "gemm:jit")
            }
            return product ?? preferred
        }
    }

    /// Calls `body` with the description of the convolution for COneDNN. oneDNN chooses the layouts.
    private func withDescription<Result>(
        _ types: ConvolutionTypes, _ body: (UnsafePointer<onednn_convolution>) -> Result
    ) -> Result {
        let source = image(input, types.source), target = image(output, types.target)
        let weights = Descriptor(
            anyLayoutOf: [kernel[3], kernel[2], kernel[0], kernel[1]], types.kernel)
        let bias = bias, margins = options.margins(of: input, kernel: kernel)
        let description = onednn_convolution(
            source: source.handle, kernel: weights.handle, bias: bias.handle, target: target.handle,
            strides: options.strides.pair, dilations: options.dilation.skipped,
            before: margins.before.pair, after: margins.after.pair)
        return withExtendedLifetime((source, weights, bias, target)) {
            withUnsafePointer(to: description, body)
        }
    }

    /// Whether this module's own kernels apply the activation.
    var fusesReLU: Bool { options.activation == .relu }
}

/// The element types of a convolution's arguments.
private struct ConvolutionTypes {
    let source: dnnl_data_type_t
    let kernel: dnnl_data_type_t
    let target: dnnl_data_type_t
}

extension Extent {
    /// Height and width as oneDNN takes them.
    var pair: (Int64, Int64) { (Int64(height), Int64(width)) }

    /// The pixels that a dilation skips, which is how oneDNN counts dilation.
    fileprivate var skipped: (Int64, Int64) { (Int64(height - 1), Int64(width - 1)) }
}
