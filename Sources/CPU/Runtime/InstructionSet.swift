internal import CKernels
internal import COneDNN
internal import Foundation
internal import Synchronization

/// The processor instructions that kernels use, this module's and oneDNN's alike.
///
/// It is one choice for the whole process, since oneDNN generates code once, and it is made when it is first needed:
/// by ``select(_:)``, else by the environment variable `CRNN_INSTRUCTION_SET`, else by what the processor has.
public enum InstructionSet: String, Sendable, CaseIterable, Comparable {
    /// What every processor of the architecture has: SSE2 on x86-64 (oneDNN needs SSE4.1), NEON on aarch64.
    case baseline
    /// AVX2 and FMA.
    case avx2
    /// AVX-512 F, BW, DQ and VL; VNNI, if the processor has it, for int8.
    case avx512
    /// AVX-512 with instructions for bfloat16 and int8.
    case avx512BFloat16 = "avx512-bf16"

    /// The environment variable that lowers the choice.
    public static let variable = "CRNN_INSTRUCTION_SET"

    /// The largest set that the processor offers.
    public static let processor = InstructionSet(crnn_processor_instruction_set())

    /// The sets that the processor offers, the smallest first.
    public static var available: [InstructionSet] { allCases.filter { $0 <= processor } }

    /// The set in use, which does not change any more once it was asked for.
    public static let current: InstructionSet = {
        let named = ProcessInfo.processInfo.environment[variable].flatMap(InstructionSet.init)
        let chosen = min(selected.withLock { $0 } ?? named ?? processor, processor)
        chosen.limitLibrary()
        return chosen
    }()

    private static let selected = Mutex<InstructionSet?>(nil)

    /// Chooses a set before any device is made; without an argument, the one that the environment variable names.
    ///
    /// - Throws: ``InstructionSetError`` if there is no such set, the processor lacks it, or another is in use already.
    public static func select(_ set: InstructionSet? = nil) throws(InstructionSetError) {
        var chosen = set
        if chosen == nil { chosen = try named() }
        guard let chosen else { return }
        guard chosen <= processor else { throw .unavailable(chosen) }
        selected.withLock { $0 = chosen }
        guard current == chosen else { throw .alreadyChosen(chosen) }
    }

    private static func named() throws(InstructionSetError) -> InstructionSet? {
        guard let name = ProcessInfo.processInfo.environment[variable] else { return nil }
        guard let set = InstructionSet(rawValue: name) else { throw .unknown(name) }
        return set
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
        case .avx512BFloat16: crnn_avx512_bf16
        }
    }

    /// Keeps oneDNN to the set. It refuses if another part of the process has used it before.
    private func limitLibrary() {
        let limit =
            switch self {
            case .baseline: dnnl_cpu_isa_sse41
            case .avx2: dnnl_cpu_isa_avx2_vnni
            case .avx512: dnnl_cpu_isa_avx512_core_vnni
            case .avx512BFloat16: dnnl_cpu_isa_t(0)
            }
        _ = dnnl_set_max_cpu_isa(limit)
    }
}

/// Why an instruction set cannot be chosen.
public enum InstructionSetError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No set has this name.
    case unknown(String)
    /// The processor lacks these instructions.
    case unavailable(InstructionSet)
    /// Another set is in use already.
    case alreadyChosen(InstructionSet)

    /// What is wrong, and what to do.
    public var description: String {
        let offered = InstructionSet.available.map(\.rawValue).joined(separator: ", ")
        return switch self {
        case .unknown(let name):
            "\(InstructionSet.variable)=\(name): no such instruction set; this processor offers \(offered)"
        case .unavailable(let set):
            "this processor does not offer the instruction set \(set.rawValue); it offers \(offered)"
        case .alreadyChosen(let set):
            "the instruction set \(set.rawValue) was chosen too late: "
                + "\(InstructionSet.current.rawValue) is in use; choose before the first device is made"
        }
    }
}

/// This module's kernels for the instruction set in use.
let kernels: crnn_kernels = crnn_kernels_for(InstructionSet.current.kernelSet).pointee
