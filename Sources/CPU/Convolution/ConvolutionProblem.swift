internal import COneDNN
internal import Tensors

/// A convolution as oneDNN describes it, with every layout left for it to choose.
struct ConvolutionProblem: Sendable, Hashable {
    let input: Shape
    let kernel: Shape
    let output: Shape
    let options: ConvolutionOptions
    /// Of images and kernel; bias and the weights' gradients are floats.
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

    /// The convolution for an answer.
    func inference() -> PrimitiveDescriptor { forward(dnnl_forward_inference) }

    /// The convolution for a training step.
    func training() -> PrimitiveDescriptor { forward(dnnl_forward_training) }

    private func forward(_ purpose: dnnl_prop_kind_t) -> PrimitiveDescriptor {
        let type = precision.elementType
        return withDescription(ConvolutionTypes(source: type, kernel: type, target: type)) { description in
            PrimitiveDescriptor("a convolution") { onednn_convolution_forward($0, $1, description, purpose) }
        }
    }

    /// The convolution of uint8 by int8, with sums of 32 bits; the result in uint8 or floats.
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

    /// The gradients for kernel and bias.
    ///
    /// oneDNN prefers its direct kernel for AVX2, which its own matrix products beat by half in each layer of
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

    /// Lends the binding's description of the convolution, with layouts left for oneDNN to choose.
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
    /// The amounts as oneDNN takes them.
    var pair: (Int64, Int64) { (Int64(height), Int64(width)) }

    /// Of dilations, the pixels that are skipped, which oneDNN counts.
    fileprivate var skipped: (Int64, Int64) { (Int64(height - 1), Int64(width - 1)) }
}
