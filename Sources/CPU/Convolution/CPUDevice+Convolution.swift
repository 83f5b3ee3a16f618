internal import COneDNN
public import Tensors

extension CPUDevice {
    /// Convolution of inference. The packed kernel is cached.
    public func convolution(
        _ input: Tensor, kernel: Tensor, bias: Tensor, _ options: ConvolutionOptions, _: Checked
    ) -> Tensor {
        let problem = ConvolutionProblem(input: input.shape, kernel: kernel.shape, options, precision)
        let own: (any InferenceConvolution)? =
            SingleChannelConvolution(problem, in: context)
            ?? WinogradConvolution(problem, .inference, in: context) ?? PatchConvolution(problem, in: context)
        return convolved(.inference, problem, Operands(input, kernel, bias), own.map { $0.inferred })
    }

    /// Convolution of a training step.
    public func convolutionForward(
        _ input: Tensor, kernel: Tensor, bias: Tensor, _ options: ConvolutionOptions, _: Checked
    ) -> Tensor {
        let problem = ConvolutionProblem(input: input.shape, kernel: kernel.shape, options, precision)
        let own: (any TrainingConvolution)? =
            SingleChannelConvolution(problem, in: context)
            ?? WinogradConvolution(problem, .training, in: context)
        return convolved(.training, problem, Operands(input, kernel, bias), own.map { $0.output })
    }

    /// The gradients of a convolution. The kernel's is row-major, the input's in the layout of the algorithm.
    public func convolutionBackward(
        _ outputGradient: Tensor, input: Tensor, kernel: Tensor, output: Tensor,
        _ options: ConvolutionOptions, needsInput: Bool, _: Checked
    ) -> ConvolutionGradients {
        let problem = ConvolutionProblem(input: input.shape, kernel: kernel.shape, options, precision)
        let gradient = MaskedGradient(outputGradient, output: output, options.activation, on: self)
        let weights = weightGradients(problem, gradient, input)
        return ConvolutionGradients(
            input: needsInput ? tensor(inputGradient(problem, gradient, kernel), problem.input) : nil,
            kernel: tensor(weights.kernel, problem.kernel), bias: tensor(weights.bias, [problem.kernel[3]]))
    }

    /// The output after the activation, by this module's algorithm `own` or by oneDNN. This module's algorithm applies a
    /// ReLU itself. oneDNN's would turn NaN into zero, so the ReLU follows as an operation of its own.
    private func convolved(
        _ pass: ConvolutionPass, _ problem: ConvolutionProblem, _ operands: Operands, _ own: OwnAlgorithm?
    ) -> Tensor {
        context.useThreads()
        return context.algorithms.run(pass, problem, own) { own in
            guard let own else {
                let sums = tensor(byOneDNN(pass, problem, operands), problem.output)
                return activation(sums, problem.options.activation)
            }
            let epilogue = Epilogue(bias: rowMajor(operands.bias), relu: problem.fusesReLU)
            let output = tensor(
                own(storage(of: operands.input).memory, storage(of: operands.kernel), epilogue),
                problem.output)
            return problem.fusesReLU ? output : activation(output, problem.options.activation)
        }
    }

    /// The sums before the activation. Inference caches the packed kernel; a training step changes the kernel.
    private func byOneDNN(
        _ pass: ConvolutionPass, _ problem: ConvolutionProblem, _ operands: Operands
    ) -> Memory {
        let isInference = pass == .inference, kernel = storage(of: operands.kernel)
        let operation = isInference ? problem.inference() : problem.training()
        let view = Descriptor.kernel(problem.kernel), layout = operation.layout(dnnl_query_weights_md)
        let packed = isInference ? kernel.packed(view, to: layout) : kernel.repacked(view, to: layout)
        return run(operation, operands.input, packed, operands.bias)
    }

    /// Computes by Winograd's algorithm or, for which `compute` receives nil, by oneDNN.
    private func chosen<Result>(
        _ pass: ConvolutionPass, _ problem: ConvolutionProblem, _ compute: (WinogradConvolution?) -> Result
    ) -> Result {
        context.useThreads()
        return context.algorithms.run(
            pass, problem, WinogradConvolution(problem, pass, in: context), compute)
    }

    private func run(
        _ operation: PrimitiveDescriptor, _ input: Tensor, _ kernel: Memory, _ bias: Tensor
    ) -> Memory {
        let source = context.reordered(
            storage(of: input).memory, to: operation.layout(dnnl_query_src_md))
        let result = context.memory(operation.layout(dnnl_query_dst_md))
        context.run(
            operation,
            [
                DNNL_ARG_SRC_0: source, DNNL_ARG_WEIGHTS_0: kernel, DNNL_ARG_BIAS: rowMajor(bias),
                DNNL_ARG_DST_0: result,
            ])
        return result
    }

    private func weightGradients(
        _ problem: ConvolutionProblem, _ gradient: MaskedGradient, _ input: Tensor
    ) -> (kernel: Memory, bias: Memory) {
        if let first = SingleChannelConvolution(problem, in: context) {
            return first.weightGradients(gradient.masked, input: storage(of: input))
        }
        return chosen(.weightGradients, problem) { winograd in
            let source = storage(of: input).memory
            if let winograd {
                return winograd.weightGradients(gradient.raw, mask: gradient.mask, input: source)
            }
            let operation = problem.kernelGradient(problem.training())
            let kernel = context.memory(operation.layout(dnnl_query_diff_weights_md))
            let bias = context.memory(problem.bias)
            context.run(
                operation,
                [
                    DNNL_ARG_SRC_0: context.reordered(source, to: operation.layout(dnnl_query_src_md)),
                    DNNL_ARG_DIFF_DST_0: context.reordered(
                        gradient.masked, to: operation.layout(dnnl_query_diff_dst_md)),
                    DNNL_ARG_DIFF_WEIGHTS_0: kernel, DNNL_ARG_DIFF_BIAS: bias,
                ])
            let plain = context.memory(.rowMajor(problem.kernel))
            context.reorder(kernel, into: context.view(plain, as: .kernel(problem.kernel)))
            return (plain, bias)
        }
    }

    private func inputGradient(
        _ problem: ConvolutionProblem, _ gradient: MaskedGradient, _ kernel: Tensor
    ) -> Memory {
        chosen(.inputGradient, problem) { winograd in
            if let winograd {
                return winograd.inputGradient(
                    gradient.raw, mask: gradient.mask, kernel: storage(of: kernel))
            }
            let operation = problem.inputGradient(problem.training())
            let result = context.memory(operation.layout(dnnl_query_diff_src_md))
            context.run(
                operation,
                [
                    DNNL_ARG_DIFF_DST_0: context.reordered(
                        gradient.masked, to: operation.layout(dnnl_query_diff_dst_md)),
                    DNNL_ARG_WEIGHTS_0: storage(of: kernel).repacked(
                        .kernel(problem.kernel), to: operation.layout(dnnl_query_weights_md)),
                    DNNL_ARG_DIFF_SRC_0: result,
                ])
            return result
        }
    }
}

/// An algorithm of this module: the output for an input, a kernel and an epilogue.
private typealias OwnAlgorithm = (Memory, CPUStorage, Epilogue) -> Memory

/// The tensors of a convolution.
private struct Operands {
    let input: Tensor
    let kernel: Tensor
    let bias: Tensor

    init(_ input: Tensor, _ kernel: Tensor, _ bias: Tensor) {
        (self.input, self.kernel, self.bias) = (input, kernel, bias)
    }
}

/// The gradient before a convolution's activation. Winograd's algorithm applies the mask of a ReLU while it reads;
/// oneDNN needs the masked gradient.
private final class MaskedGradient {
    /// The gradient before `mask` is applied.
    let raw: Memory
    /// The output of the ReLU, if the activation is one.
    let mask: Memory?
    /// The gradient after `mask` is applied.
    private(set) lazy var masked: Memory = makeMasked()
    private let makeMasked: () -> Memory

    init(_ gradient: Tensor, output: Tensor, _ activation: Activation, on device: CPUDevice) {
        func applied() -> Memory {
            device.storage(of: device.activationBackward(gradient, output: output, activation)).memory
        }
        let isReLU = activation == .relu
        raw = isReLU ? device.storage(of: gradient).memory : applied()
        mask = isReLU ? device.storage(of: output).memory : nil
        let known = raw
        makeMasked = isReLU ? { applied() } : { known }
    }
}
