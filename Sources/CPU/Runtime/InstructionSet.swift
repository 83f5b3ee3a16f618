internal import CKernels
internal import COneDNN
internal import Foundation
internal import Synchronization

/// The processor instructions that kernels use: this module's and oneDNN's.
///
/// All devices of a process use the same set, because oneDNN generates code once. It is chosen when it is first needed:
/// by ``select(_:)``, otherwise by the environment variable `CRNN_INSTRUCTION_SET`, otherwise it is the processor's
/// largest.
public enum InstructionSet: String, Sendable, CaseIterable, Comparable {
    /// The instructions of every processor of the architecture: SSE2 on x86-64 (oneDNN needs SSE4.1), NEON on aarch64.
    case baseline
    /// AVX2 and FMA.
    case avx2
    /// AVX-512 F, BW, DQ and VL.
    case avx512
    /// AVX-512 with instructions for integer products.
    case avx512VNNI = "avx512-vnni"
    /// AVX-512 with instructions for integer and bfloat16 products.
    case avx512BFloat16 = "avx512-bf16"

    /// The name of the environment variable that chooses a smaller set.
    public static let variable = "CRNN_INSTRUCTION_SET"

    /// The largest set that the processor supports.
    public static let processor = InstructionSet(crnn_processor_instruction_set())

    /// The sets that the processor supports, smallest first.
    public static var available: [InstructionSet] { allCases.filter { $0 <= processor } }

    /// The set in use. The first use fixes it.
    ///
    /// A wrong value of the environment variable ends the program with a message; ``select(_:)`` throws instead.
    public static var current: InstructionSet {
        switch choice {
        case .success(let set): set
        case .failure(let error): fatalError(error.description)
        }
    }

    /// The choice of the process, made on first use.
    private static let choice = Result { () throws(InstructionSetError) in
        let chosen = if let set = selected.withLock({ $0 }) { set } else { try named() ?? processor }
        try chosen.limitLibrary()
        return chosen
    }

    private static let selected = Mutex<InstructionSet?>(nil)

    /// Chooses a set, by default the one that the environment variable names. Call it before the first device is made.
    ///
    /// - Throws: ``InstructionSetError`` if there is no such set, the processor does not support it, or another set is
    ///   already in use.
    public static func select(_ set: InstructionSet? = nil) throws(InstructionSetError) {
        let requested = if let set { Optional(try set.available()) } else { try named() }
        guard let chosen = requested else { return }
        selected.withLock { $0 = chosen }
        guard try choice.get() == chosen else { throw .alreadyChosen(chosen) }
    }

    private static func named() throws(InstructionSetError) -> InstructionSet? {
        guard let name = ProcessInfo.processInfo.environment[variable], !name.isEmpty else { return nil }
        guard let set = InstructionSet(rawValue: name) else { throw .unknown(name) }
        return try set.available()
    }

    private func available() throws(InstructionSetError) -> InstructionSet {
        guard self <= Self.processor else { throw .unavailable(self) }
        return self
    }

    /// Smaller sets come first.
    public static func < (first: InstructionSet, second: InstructionSet) -> Bool {
        first.kernelSet.rawValue < second.kernelSet.rawValue
    }

    private init(_ set: crnn_instruction_set) {
        self = Self.allCases.first { $0.kernelSet == set } ?? .baseline
    }

    fileprivate var kernelSet: crnn_instruction_set {
        switch self {
        case .baseline: crnn_baseline
        case .avx2: crnn_avx2
        case .avx512: crnn_avx512
        case .avx512VNNI: crnn_avx512_vnni
        case .avx512BFloat16: crnn_avx512_bf16
        }
    }

    /// Limits oneDNN to the set, which it refuses once another part of the process has used it.
    private func limitLibrary() throws(InstructionSetError) {
        let limit =
            switch self {
            case .baseline: dnnl_cpu_isa_sse41
            case .avx2: dnnl_cpu_isa_avx2_vnni
            case .avx512: dnnl_cpu_isa_avx512_core
            case .avx512VNNI: dnnl_cpu_isa_avx512_core_vnni
            case .avx512BFloat16: dnnl_cpu_isa_t(0)
            }
        let status = dnnl_set_max_cpu_isa(limit)
        #if arch(x86_64)
            guard status == dnnl_success || self == .processor else { throw .libraryInUse(self) }
        #endif
    }
}

/// The C kernels for the instruction set in use.
let kernels: crnn_kernels = crnn_kernels_for(InstructionSet.current.kernelSet).pointee
