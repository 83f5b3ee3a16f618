internal import COneDNN
public import Tensors

extension OneDNNDevice {
    /// Convolution for an answer: Winograd's algorithm where it applies, the kernel packed once and kept.
    public func convolution(
        _ input: Tensor, kernel: Tensor, bias: Tensor, _ options: ConvolutionOptions
    ) -> Tensor {
        context.useThreads()
        let problem = ConvolutionProblem(input: input.shape, kernel: kernel.shape, options, precision)
        let operation = problem.inference()
        let packed = storage(of: kernel).packed(
            .kernel(kernel.shape), to: operation.layout(dnnl_query_weights_md))
        return run(problem, operation, input, packed, bias)
    }

    /// Convolution for a training step, by the algorithm that oneDNN expects to be fastest.
    public func convolutionForward(
        _ input: Tensor, kernel: Tensor, bias: Tensor, _ options: ConvolutionOptions
    ) -> Tensor {
        context.useThreads()
        let problem = ConvolutionProblem(input: input.shape, kernel: kernel.shape, options, precision)
        let operation = problem.training()
        let packed = storage(of: kernel).repacked(
            .kernel(kernel.shape), to: operation.layout(dnnl_query_weights_md))
        return run(problem, operation, input, packed, bias)
    }

    private func run(
        _ problem: ConvolutionProblem, _ operation: PrimitiveDescriptor, _ input: Tensor, _ kernel: Memory,
        _ bias: Tensor
    ) -> Tensor {
        let source = context.reordered(
            storage(of: input).memory, to: operation.layout(dnnl_query_src_md))
        let result = context.memory(operation.layout(dnnl_query_dst_md))
        context.run(
            operation,
            [
                DNNL_ARG_SRC_0: source, DNNL_ARG_WEIGHTS_0: kernel, DNNL_ARG_BIAS: rowMajor(bias),
                DNNL_ARG_DST_0: result,
            ])
        let output = tensor(result, problem.output)
        return problem.fusesActivation ? output : activation(output, problem.options.activation)
    }

    /// The gradients of a convolution; the kernel's comes back row-major, the input's in oneDNN's layout.
    public func convolutionBackward(
        _ outputGradient: Tensor, input: Tensor, kernel: Tensor, output: Tensor,
        _ options: ConvolutionOptions, needsInput: Bool
    ) -> ConvolutionGradients {
        context.useThreads()
        let problem = ConvolutionProblem(input: input.shape, kernel: kernel.shape, options, precision)
        let forward = problem.training()
        let gradient = storage(
            of: activationBackward(outputGradient, output: output, options.activation)
        ).memory
        let (kernelGradient, biasGradient) = weightGradients(problem, forward, gradient, input)
        return ConvolutionGradients(
            input: needsInput ? inputGradient(problem, forward, gradient, kernel) : nil,
            kernel: kernelGradient, bias: biasGradient)
    }

    private func weightGradients(
        _ problem: ConvolutionProblem, _ forward: PrimitiveDescriptor, _ gradient: Memory, _ input: Tensor
    ) -> (kernel: Tensor, bias: Tensor) {
        let operation = problem.kernelGradient(forward)
        let source = context.reordered(storage(of: input).memory, to: operation.layout(dnnl_query_src_md))
        let kernel = context.memory(operation.layout(dnnl_query_diff_weights_md))
        let bias = context.memory(problem.bias)
        context.run(
            operation,
            [
                DNNL_ARG_SRC_0: source,
                DNNL_ARG_DIFF_DST_0: context.reordered(
                    gradient, to: operation.layout(dnnl_query_diff_dst_md)),
                DNNL_ARG_DIFF_WEIGHTS_0: kernel, DNNL_ARG_DIFF_BIAS: bias,
            ])
        let plain = context.memory(.rowMajor(problem.kernel))
        context.reorder(kernel, into: context.view(plain, as: .kernel(problem.kernel)))
        return (tensor(plain, problem.kernel), tensor(bias, [problem.kernel[3]]))
    }

    private func inputGradient(
        _ problem: ConvolutionProblem, _ forward: PrimitiveDescriptor, _ gradient: Memory, _ kernel: Tensor
    ) -> Tensor {
        let operation = problem.inputGradient(forward)
        let result = context.memory(operation.layout(dnnl_query_diff_src_md))
        context.run(
            operation,
            [
                DNNL_ARG_DIFF_DST_0: context.reordered(
                    gradient, to: operation.layout(dnnl_query_diff_dst_md)),
                DNNL_ARG_WEIGHTS_0: storage(of: kernel).repacked(
                    .kernel(problem.kernel), to: operation.layout(dnnl_query_weights_md)),
                DNNL_ARG_DIFF_SRC_0: result,
            ])
        return tensor(result, problem.input)
    }
}
