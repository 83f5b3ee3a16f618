internal import CKernels
internal import COneDNN
public import Tensors

extension CPUDevice {
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
        let result = context.algorithms.run(
            .quantized, problem, winograd, prefersOwn: IntegerWinograd.comesFirst
        ) { winograd in
            winograd.map { filled($0, image, kernel, problem) } ?? run(problem, image, weights, kernel)
        }
        if let scale = kernel.outputScale { return integers(result, problem.output, scale: scale) }
        let output = tensor(result, problem.output)
        return problem.fusesReLU ? output : activation(output, options.activation)
    }

    private func filled(
        _ winograd: IntegerWinograd, _ image: Memory, _ kernel: QuantizedKernel, _ problem: ConvolutionProblem
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
        _ problem: ConvolutionProblem, _ image: Memory, _ weights: IntegerStorage, _ kernel: QuantizedKernel
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

    /// The offsets as oneDNN adds them: to the sums, or, where it multiplies by factors of the execution, to the
    /// products.
    private func offsets(_ kernel: QuantizedKernel, _ operation: PrimitiveDescriptor) -> Memory {
        let offsets = rowMajor(kernel.offsets)
        guard operation.factors != nil else { return offsets }
        let scaled = context.memory(offsets.descriptor)
        for (channel, multiplier) in kernel.multipliers.enumerated() {
            scaled.floats[channel] = offsets.floats[channel] * multiplier
        }
        return withExtendedLifetime(offsets) { scaled }
    }

    /// A tensor over bytes that a kernel has filled.
    func integers(_ memory: Memory, _ shape: Shape, scale: Float) -> Tensor {
        let storage = IntegerStorage(memory, shape: shape, units: [scale], in: context)
        return Tensor(shape: shape, storage: storage, on: self)
    }

    /// An image as bytes of the given scale, its channels innermost.
    private func bytes(of input: Tensor, scale: Float) -> Memory {
        if let known = input.storage as? IntegerStorage, known.units == [scale] { return known.memory }
        let result = context.memory(.rowMajor(input.shape, dnnl_u8))
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
