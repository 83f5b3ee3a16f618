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

    var strides: [Int64] { options.strides.sizes }
    /// oneDNN counts the pixels that are skipped.
    var skips: [Int64] { options.dilation.sizes.map { $0 - 1 } }
    var before: [Int64] { options.margins(of: input, kernel: kernel).before.sizes }
    var after: [Int64] { options.margins(of: input, kernel: kernel).after.sizes }
    var anyInput: Descriptor { image(input) }
    var anyOutput: Descriptor { image(output) }
    private func image(_ shape: Shape) -> Descriptor {
        Descriptor(anyLayoutOf: Descriptor.dimensions(shape), precision.elementType)
    }
    func anyKernel(_ type: dnnl_data_type_t) -> Descriptor {
        Descriptor(anyLayoutOf: [kernel[3], kernel[2], kernel[0], kernel[1]], type)
    }
    /// The row-major layout `[output]`.
    var bias: Descriptor { .dense([kernel[3]]) }

    /// The convolution for an answer: by oneDNN's Winograd algorithm where it has one, for which it needs AVX-512.
    func inference() -> PrimitiveDescriptor {
        let winograd =
            Engine.offers(dnnl_cpu_isa_avx512_core)
            ? PrimitiveDescriptor(
                ifImplemented: forward(dnnl_forward_inference, dnnl_convolution_winograd), relu: fusesReLU)
            : nil
        return winograd
            ?? PrimitiveDescriptor(
                "convolution", forward(dnnl_forward_inference, dnnl_convolution_auto), relu: fusesReLU)
    }

    /// The convolution for a training step.
    func training() -> PrimitiveDescriptor {
        PrimitiveDescriptor(
            "convolution", forward(dnnl_forward_training, dnnl_convolution_auto), relu: fusesReLU)
    }

    /// The gradient for the input.
    func inputGradient(_ forward: PrimitiveDescriptor) -> PrimitiveDescriptor {
        var operation = dnnl_convolution_desc_t()
        withPointers(anyInput, anyKernel(precision.elementType), anyOutput) { input, kernel, output in
            require(
                dnnl_dilated_convolution_backward_data_desc_init(
                    &operation, dnnl_convolution_auto, input, kernel, output, strides, skips, before, after),
                "a convolution's input gradient")
        }
        return PrimitiveDescriptor("a convolution's input gradient", operation, forward: forward)
    }

    /// The gradients for kernel and bias.
    ///
    /// oneDNN prefers its direct kernel for AVX2, which its own matrix products beat by half in each layer of
    /// the paper's network.
    func kernelGradient(_ forward: PrimitiveDescriptor) -> PrimitiveDescriptor {
        var operation = dnnl_convolution_desc_t()
        withPointers(anyInput, anyKernel(dnnl_f32), anyOutput) { input, kernel, output in
            withUnsafePointer(to: bias) { bias in
                require(
                    dnnl_dilated_convolution_backward_weights_desc_init(
                        &operation, dnnl_convolution_auto, input, kernel, bias, output, strides, skips,
                        before, after), "a convolution's kernel gradient")
            }
        }
        let preferred = PrimitiveDescriptor("a convolution's kernel gradient", operation, forward: forward)
        guard preferred.implementation == "jit:avx2" else { return preferred }
        return .alternative(named: "gemm:jit", to: operation, forward: forward) ?? preferred
    }

    /// Whether the kernel itself applies the activation.
    var fusesActivation: Bool { options.activation == .identity || fusesReLU }

    var fusesReLU: Bool { options.activation == .relu }

    private func forward(_ purpose: dnnl_prop_kind_t, _ algorithm: dnnl_alg_kind_t) -> dnnl_convolution_desc_t
    {
        var operation = dnnl_convolution_desc_t()
        withPointers(anyInput, anyKernel(precision.elementType), anyOutput) { input, kernel, output in
            withUnsafePointer(to: bias) { bias in
                require(
                    dnnl_dilated_convolution_forward_desc_init(
                        &operation, purpose, algorithm, input, kernel, bias, output, strides, skips, before,
                        after), "a convolution")
            }
        }
        return operation
    }
}
