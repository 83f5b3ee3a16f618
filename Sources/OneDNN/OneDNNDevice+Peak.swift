internal import COneDNN

/// The numbers that a product of matrices multiplies.
public enum ProductPrecision: String, Sendable, CaseIterable {
    /// 32-bit floats, summed in 32-bit floats.
    case float32
    /// bfloat16, summed in 32-bit floats.
    case bfloat16
    /// Unsigned bytes by signed bytes, summed in 32-bit integers.
    case int8
}

extension OneDNNDevice {
    /// The instructions that oneDNN uses on this processor, as in `AVX2`.
    public var instructionSet: String {
        switch dnnl_get_effective_cpu_isa() {
        case dnnl_cpu_isa_sse41: "SSE4.1"
        case dnnl_cpu_isa_avx: "AVX"
        case dnnl_cpu_isa_avx2: "AVX2"
        case dnnl_cpu_isa_avx2_vnni: "AVX2, VNNI"
        case dnnl_cpu_isa_avx512_mic, dnnl_cpu_isa_avx512_mic_4ops: "AVX-512 (Xeon Phi)"
        case dnnl_cpu_isa_avx512_core: "AVX-512"
        case dnnl_cpu_isa_avx512_core_vnni: "AVX-512, VNNI"
        case dnnl_cpu_isa_avx512_core_bf16: "AVX-512, VNNI, BF16"
        case dnnl_cpu_isa_avx512_core_amx: "AVX-512, VNNI, BF16, AMX"
        default: "SSE4.1 or other"
        }
    }

    /// The best rate of a square matrix product with `size` rows, in 10⁹ operations a second, over `seconds` of
    /// repetitions, and over three at least; nil where the processor has no instructions for the precision.
    ///
    /// The best, not the median: it stands for what the machine can do, and others' work only takes from it.
    public func productRate(_ precision: ProductPrecision, size: Int = 2048, seconds: Double) -> Double? {
        precondition(size > 0, "a product of matrices with \(size) rows")
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
    /// Whether the processor multiplies such numbers itself: oneDNN would imitate bfloat16 by floats.
    fileprivate var hasInstructions: Bool {
        let bfloat16 = dnnl_cpu_isa_avx512_core_bf16.rawValue
        return self != .bfloat16 || dnnl_get_effective_cpu_isa().rawValue & bfloat16 == bfloat16
    }

    fileprivate var types: (left: dnnl_data_type_t, right: dnnl_data_type_t, result: dnnl_data_type_t) {
        switch self {
        case .float32: (dnnl_f32, dnnl_f32, dnnl_f32)
        case .bfloat16: (dnnl_bf16, dnnl_bf16, dnnl_bf16)
        case .int8: (dnnl_u8, dnnl_s8, dnnl_s32)
        }
    }
}

/// A product of two square matrices, the second in the layout that oneDNN likes best.
private struct SquareProduct {
    private let descriptor: PrimitiveDescriptor
    private let arguments: (left: Memory, right: Memory, result: Memory)
    private let context: Context

    init?(_ precision: ProductPrecision, size: Int, in context: Context) {
        let types = precision.types
        var (left, right, result) = (
            Descriptor(square: size, types.left, dnnl_ab),
            Descriptor(square: size, types.right, dnnl_format_tag_any),
            Descriptor(square: size, types.result, dnnl_ab)
        )
        var operation = dnnl_matmul_desc_t()
        require(dnnl_matmul_desc_init(&operation, &left, &right, nil, &result), "a square product")
        guard let descriptor = PrimitiveDescriptor(ifImplemented: operation),
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

extension Descriptor {
    fileprivate init(square size: Int, _ type: dnnl_data_type_t, _ format: dnnl_format_tag_t) {
        self.init()
        require(
            dnnl_memory_desc_init_by_tag(&self, 2, [Int64(size), Int64(size)], type, format),
            "a descriptor of \(size)×\(size)")
    }
}

extension Context {
    /// Memory of bytes that are an ordinary number in every precision: 0.0115 as a float.
    fileprivate func filled(_ descriptor: Descriptor) -> Memory {
        let memory = memory(descriptor)
        memory.buffer.bytes.initializeMemory(as: UInt8.self, repeating: 0x3C, count: descriptor.size)
        return memory
    }
}
