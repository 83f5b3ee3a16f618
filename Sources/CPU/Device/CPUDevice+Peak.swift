internal import COneDNN
internal import Requirements

extension CPUDevice {
    /// The instruction set of all devices in the process.
    public var instructionSet: InstructionSet { .current }

    /// The best rate of a square matrix product with `size` rows, in 10⁹ operations per second, over `seconds` of
    /// repetitions, at least three. Nil if the processor has no instructions for the precision.
    ///
    /// The best rate, not the median, because it measures what the machine can do: other programs only lower the rate.
    public func productRate(_ precision: ProductPrecision, size: Int = 2048, seconds: Double) -> Double? {
        require(size > 0, "a product needs at least one row, not \(size)")
        context.useThreads()
        guard precision.hasInstructions, let product = SquareProduct(precision, size: size, in: context)
        else { return nil }
        let (clock, operations) = (ContinuousClock(), 2 * Double(size) * Double(size) * Double(size))
        let end = clock.now + .seconds(seconds)
        product.run()
        var best = Duration.seconds(Int64.max), count = 0
        while count < 3 || clock.now < end {
            best = min(best, clock.measure { product.run() })
            count += 1
        }
        return operations / (best / .nanoseconds(1))
    }
}

extension ProductPrecision {
    /// Whether the processor has instructions for the product. Without them, oneDNN emulates bfloat16 with floats.
    fileprivate var hasInstructions: Bool {
        self != .bfloat16 || InstructionSet.current >= .avx512BFloat16
    }

    fileprivate var types: (left: dnnl_data_type_t, right: dnnl_data_type_t, result: dnnl_data_type_t) {
        switch self {
        case .float32: (dnnl_f32, dnnl_f32, dnnl_f32)
        case .bfloat16: (dnnl_bf16, dnnl_bf16, dnnl_bf16)
        case .int8: (dnnl_u8, dnnl_s8, dnnl_s32)
        }
    }
}

/// A product of two square matrices. oneDNN chooses the layout of the second.
private struct SquareProduct {
    private let descriptor: PrimitiveDescriptor
    private let arguments: (left: Memory, right: Memory, result: Memory)
    private let context: Context

    init?(_ precision: ProductPrecision, size: Int, in context: Context) {
        let types = precision.types
        let (left, right, result) = (
            Descriptor([size, size], dnnl_ab, types.left),
            Descriptor(anyLayoutOf: [size, size], types.right),
            Descriptor([size, size], dnnl_ab, types.result)
        )
        let created = PrimitiveDescriptor {
            onednn_matrix_product($0, $1, left.handle, right.handle, result.handle)
        }
        guard let descriptor = created,
            !descriptor.implementation.hasPrefix("ref")
        else { return nil }
        self.descriptor = descriptor
        self.context = context
        arguments = (
            context.filled(left), context.filled(descriptor.layout(dnnl_query_weights_md)),
            context.filled(result)
        )
    }

    func run() {
        context.run(
            descriptor,
            [DNNL_ARG_SRC: arguments.left, DNNL_ARG_WEIGHTS: arguments.right, DNNL_ARG_DST: arguments.result])
    }
}

extension Context {
    /// Memory filled with a byte that makes an ordinary number in every precision: 0.0115 as a float.
    fileprivate func filled(_ descriptor: Descriptor) -> Memory {
        let memory = memory(descriptor)
        memory.buffer.bytes.initializeMemory(as: UInt8.self, repeating: 0x3C, count: descriptor.size)
        return memory
    }
}
