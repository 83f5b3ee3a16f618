internal import CKernels
internal import COneDNN
public import Tensors

extension CPUDevice {
    /// Storage for int8 numbers, one byte each.
    public func store(int8 values: Int8Values, shape: Shape, _: Checked) -> any Storage {
        QuantizedStorage(values, shape: shape, in: context)
    }

    /// Convolution of a uint8 image with an int8 kernel. If the kernel has a scale for the output, the result stays in
    /// uint8, and the next quantized convolution reads it without another pass. A float image is quantized first.
    public func quantizedConvolution(
        _ input: Tensor, _ kernel: QuantizedKernel, _ options: ConvolutionOptions, _: Checked
    ) -> Tensor {
        context.useThreads()
        let problem = ConvolutionProblem(input: input.shape, kernel: kernel.weights.shape, options, .float32)
        let image = bytes(of: input, scale: kernel.inputScale)
        let weights = int8Storage(of: kernel.weights)
        let winograd = Int8Winograd(problem, weights, in: context)
        let result = context.algorithms.run(
            .quantized, problem, winograd, prefersOwn: Int8Winograd.isPreferred
        ) { winograd in
            winograd.map { filled($0, image, kernel, problem) } ?? run(problem, image, weights, kernel)
        }
        if let scale = kernel.outputScale { return quantized(result, problem.output, scale: scale) }
        let output = tensor(result, problem.output)
        return problem.fusesReLU ? output : activation(output, options.activation)
    }

    private func filled(
        _ winograd: Int8Winograd, _ image: Memory, _ kernel: QuantizedKernel, _ problem: ConvolutionProblem
    ) -> Memory {
        let isRounded = kernel.outputScale != nil
        let result = context.memory(
            .rowMajor(problem.output, isRounded ? dnnl_u8 : dnnl_f32))
        let offsets = rowMajor(kernel.offsets)
        let source = context.reordered(image, to: .rowMajor(problem.input, dnnl_u8))
        withExtendedLifetime((offsets, source)) {
            kernel.multipliers.withUnsafeBufferPointer { multipliers in
                guard let multipliers = multipliers.baseAddress else { return }
                let pixels = crnn_dequantized_pixels(
                    offsets: offsets.floats, multipliers: multipliers, relu: problem.fusesReLU,
                    bytes: isRounded ? result.unsignedBytes : nil, floats: isRounded ? nil : result.floats)
                winograd.fill(pixels, from: source)
            }
        }
        return result
    }

    private func run(
        _ problem: ConvolutionProblem, _ image: Memory, _ weights: QuantizedStorage, _ kernel: QuantizedKernel
    ) -> Memory {
        let attributes = Attributes()
        if problem.fusesReLU { attributes.appendReLU() }
        attributes.scaleConvolution(by: kernel.multipliers)
        let operation = problem.quantized(
            attributes, result: kernel.outputScale == nil ? dnnl_f32 : dnnl_u8)
        let source = context.reordered(image, to: operation.layout(dnnl_query_src_md))
        let packed = weights.packed(
            Descriptor.kernel(problem.kernel, dnnl_s8), to: operation.layout(dnnl_query_weights_md))
        let result = context.memory(operation.layout(dnnl_query_dst_md))
        context.run(
            operation,
            [
                DNNL_ARG_SRC_0: source, DNNL_ARG_WEIGHTS_0: packed,
                DNNL_ARG_BIAS: offsets(kernel, operation), DNNL_ARG_DST_0: result,
            ])
        return result
    }

    /// The offsets as oneDNN adds them: to the sums or, if the factors are an argument of the execution, to the
    /// products of sums and factors.
    private func offsets(_ kernel: QuantizedKernel, _ operation: PrimitiveDescriptor) -> Memory {
        let offsets = rowMajor(kernel.offsets)
        guard operation.factors != nil else { return offsets }
        let scaled = context.memory(offsets.descriptor)
        for (channel, multiplier) in kernel.multipliers.enumerated() {
            scaled.floats[channel] = offsets.floats[channel] * multiplier
        }
        return withExtendedLifetime(offsets) { scaled }
    }

    /// A tensor over uint8 memory that a kernel has filled.
    func quantized(_ memory: Memory, _ shape: Shape, scale: Float) -> Tensor {
        let storage = QuantizedStorage(memory, shape: shape, scales: [scale], in: context)
        return Tensor(shape: shape, storage: storage, on: self)
    }

    /// An image in uint8 of the given scale.
    private func bytes(of input: Tensor, scale: Float) -> Memory {
        if let known = input.storage as? QuantizedStorage, known.scales == [scale] { return known.memory }
        let result = context.memory(.rowMajor(input.shape, dnnl_u8))
        context.reorder(storage(of: input).memory, into: result, scale: 1 / scale)
        return result
    }

    /// A tensor's int8 numbers; copied if they belong to another device.
    func int8Storage(of tensor: Tensor) -> QuantizedStorage {
        if let known = tensor.storage as? QuantizedStorage, known.isSigned { return known }
        return QuantizedStorage(
            Int8Values(tensor.int8Values), shape: tensor.shape, in: context)
    }
}
