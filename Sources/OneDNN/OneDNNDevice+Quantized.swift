internal import COneDNN
public import Tensors

extension OneDNNDevice {
    /// Storage that takes a byte for each number.
    public func store(whole numbers: [Int8], shape: Shape) -> any Storage {
        let memory = context.memory(Descriptor.rowMajor(shape).holding(dnnl_s8))
        numbers.withUnsafeBytes { source in
            if let start = source.baseAddress {
                memory.buffer.bytes.copyMemory(from: start, byteCount: source.count)
            }
        }
        return IntegerStorage(memory, shape: shape, scale: 1, in: context)
    }

    /// Convolution of bytes by bytes. Its result stays in bytes where the kernel has a scale for it, so that one
    /// such layer hands over to the next without another pass; images in floats are rounded first.
    public func quantizedConvolution(
        _ input: Tensor, _ kernel: QuantizedKernel, _ options: ConvolutionOptions
    ) -> Tensor {
        kernel.requireRounding(after: options.activation)
        context.useThreads()
        let problem = ConvolutionProblem(input: input.shape, kernel: kernel.weights.shape, options, .float32)
        let operation = problem.quantized(kernel)
        let source = context.reordered(
            bytes(of: input, scale: kernel.inputScale), to: operation.layout(dnnl_query_src_md))
        let result = context.memory(operation.layout(dnnl_query_dst_md))
        context.run(
            operation,
            [
                DNNL_ARG_SRC_0: source,
                DNNL_ARG_WEIGHTS_0: packed(kernel, to: operation.layout(dnnl_query_weights_md)),
                DNNL_ARG_BIAS: rowMajor(kernel.offsets), DNNL_ARG_DST_0: result,
            ])
        if let scale = kernel.outputScale { return integers(result, problem.output, scale: scale) }
        let output = tensor(result, problem.output)
        return problem.fusesActivation ? output : activation(output, options.activation)
    }

    /// A tensor over bytes that a kernel has filled.
    func integers(_ memory: Memory, _ shape: Shape, scale: Float) -> Tensor {
        let storage = IntegerStorage(memory, shape: shape, scale: scale, in: context)
        return Tensor(shape: shape, storage: storage, on: self)
    }

    /// An image as bytes of the given scale, its channels innermost.
    private func bytes(of input: Tensor, scale: Float) -> Memory {
        if let known = input.storage as? IntegerStorage, known.scale == scale { return known.memory }
        let result = context.memory(Descriptor.rowMajor(input.shape).holding(dnnl_u8))
        context.reorder(storage(of: input).memory, into: result, scale: 1 / scale)
        return result
    }

    private func packed(_ kernel: QuantizedKernel, to layout: Descriptor) -> Memory {
        let shape = kernel.weights.shape
        guard let weights = kernel.weights.storage as? IntegerStorage else {
            return storage(of: kernel.weights).packed(.kernel(shape), to: layout)
        }
        return weights.packed(Descriptor.kernel(shape).holding(dnnl_s8), to: layout)
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
