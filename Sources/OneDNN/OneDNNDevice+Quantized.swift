internal import CKernels
internal import COneDNN
public import Tensors

extension OneDNNDevice {
    /// Storage that takes a byte for each number.
    public func store(whole: WholeNumbers, shape: Shape) -> any Storage {
        IntegerStorage(whole, shape: shape, in: context)
    }

    /// Convolution of bytes by bytes. Its result stays in bytes where the kernel has a scale for it, so that one
    /// such layer hands over to the next without another pass; images in floats are rounded first.
    public func quantizedConvolution(
        _ input: Tensor, _ kernel: QuantizedKernel, _ options: ConvolutionOptions
    ) -> Tensor {
        kernel.requireRounding(after: options.activation)
        context.useThreads()
        let problem = ConvolutionProblem(input: input.shape, kernel: kernel.weights.shape, options, .float32)
        let image = bytes(of: input, scale: kernel.inputScale)
        let weights = integers(kernel.weights)
        let winograd = IntegerWinograd(problem, weights, in: context)
        let result = chosen(.quantized, problem, winograd) { winograd in
            winograd.map { filled($0, image, kernel, problem) } ?? run(problem, image, weights, kernel)
        }
        if let scale = kernel.outputScale { return integers(result, problem.output, scale: scale) }
        let output = tensor(result, problem.output)
        return problem.fusesActivation ? output : activation(output, options.activation)
    }

    private func filled(
        _ winograd: IntegerWinograd, _ image: Memory, _ kernel: QuantizedKernel, _ problem: ConvolutionProblem
    ) -> Memory {
        let isRounded = kernel.outputScale != nil
        let result = context.memory(
            Descriptor.rowMajor(problem.output).holding(isRounded ? dnnl_u8 : dnnl_f32))
        let offsets = rowMajor(kernel.offsets)
        let source = context.reordered(image, to: Descriptor.rowMajor(problem.input).holding(dnnl_u8))
        withExtendedLifetime((offsets, source)) {
            kernel.multipliers.withUnsafeBufferPointer { multipliers in
                let pixels = crnn_integer_pixels(
                    offsets: offsets.floats, multipliers: multipliers.baseAddress, relu: problem.fusesReLU,
                    bytes: isRounded ? result.unsignedBytes : nil, floats: isRounded ? nil : result.floats)
                winograd.fill(pixels, from: source)
            }
        }
        return result
    }

    private func run(
        _ problem: ConvolutionProblem, _ image: Memory, _ weights: IntegerStorage, _ kernel: QuantizedKernel
    ) -> Memory {
        let operation = problem.quantized(kernel)
        let source = context.reordered(image, to: operation.layout(dnnl_query_src_md))
        let packed = weights.packed(
            Descriptor.kernel(problem.kernel).holding(dnnl_s8), to: operation.layout(dnnl_query_weights_md))
        let result = context.memory(operation.layout(dnnl_query_dst_md))
        context.run(
            operation,
            [
                DNNL_ARG_SRC_0: source, DNNL_ARG_WEIGHTS_0: packed,
                DNNL_ARG_BIAS: rowMajor(kernel.offsets), DNNL_ARG_DST_0: result,
            ])
        return result
    }

    /// A tensor over bytes that a kernel has filled.
    func integers(_ memory: Memory, _ shape: Shape, scale: Float) -> Tensor {
        let storage = IntegerStorage(memory, shape: shape, units: [scale], in: context)
        return Tensor(shape: shape, storage: storage, on: self)
    }

    /// An image as bytes of the given scale, its channels innermost.
    private func bytes(of input: Tensor, scale: Float) -> Memory {
        if let known = input.storage as? IntegerStorage, known.units == [scale] { return known.memory }
        let result = context.memory(Descriptor.rowMajor(input.shape).holding(dnnl_u8))
        context.reorder(storage(of: input).memory, into: result, scale: 1 / scale)
        return result
    }

    /// A tensor's whole numbers, copied where another device keeps them.
    func integers(_ tensor: Tensor) -> IntegerStorage {
        if let known = tensor.storage as? IntegerStorage, known.isSigned { return known }
        return IntegerStorage(
            WholeNumbers(tensor.wholeNumbers), shape: tensor.shape, in: context)
    }
}

extension ConvolutionProblem {
    /// The convolution of bytes by bytes, with sums of 32 bits; the result in bytes or floats.
    fileprivate func quantized(_ kernel: QuantizedKernel) -> PrimitiveDescriptor {
        let attributes = Attributes(relu: options.activation == .relu)
        attributes.scale(by: kernel.multipliers, alongAxis: 1)
        let operation = operation(result: kernel.outputScale == nil ? dnnl_f32 : dnnl_u8)
        return withExtendedLifetime(attributes) {
            PrimitiveDescriptor("a quantised convolution") { created in
                withUnsafePointer(to: operation) {
                    dnnl_primitive_desc_create(&created, $0, attributes.handle, Engine.cpu.handle, nil)
                }
            }
        }
    }

    private func operation(result: dnnl_data_type_t) -> dnnl_convolution_desc_t {
        var operation = dnnl_convolution_desc_t()
        withPointers(anyInput.holding(dnnl_u8), anyKernel(dnnl_s8), anyOutput.holding(result)) {
            input, kernel, output in
            withUnsafePointer(to: bias) { bias in
                require(
                    dnnl_dilated_convolution_forward_desc_init(
                        &operation, dnnl_forward_inference, dnnl_convolution_direct, input, kernel, bias,
                        output, strides, skips, before, after), "a quantised convolution")
            }
        }
        return operation
    }
}
