import COneDNN
import CPU
import Foundation
import Testing

@Test func theSetInUseIsTheOneAskedForOrTheProcessors() {
    let named = ProcessInfo.processInfo.environment[InstructionSet.variable].flatMap(InstructionSet.init)
    #expect(InstructionSet.current == named ?? .processor)
}

#if arch(x86_64)
    /// oneDNN's levels are sets of bits; what a limit forbids is in no level below it.
    @Test func oneDNNUsesNoInstructionsAboveTheSet() {
        let forbidden: [(InstructionSet, dnnl_cpu_isa_t)] = [
            (.baseline, dnnl_cpu_isa_avx), (.avx2, dnnl_cpu_isa_avx512_core),
            (.avx512, dnnl_cpu_isa_avx512_core_bf16),
        ]
        _ = CPUDevice(threads: 1)
        let effective = dnnl_get_effective_cpu_isa().rawValue
        for (set, isa) in forbidden where InstructionSet.current <= set {
            #expect(effective & isa.rawValue != isa.rawValue, "\(set.rawValue)")
        }
    }
#endif

@Test func theSetInUseCanBeChosenAgainAndNoOther() throws {
    _ = CPUDevice(threads: 1)
    try InstructionSet.select(.current)
    for set in InstructionSet.available where set != .current {
        #expect(throws: InstructionSetError.alreadyChosen(set)) { try InstructionSet.select(set) }
    }
}

@Test(arguments: InstructionSet.allCases.filter { $0 > .processor })
func whatTheProcessorLacksCannotBeChosen(_ set: InstructionSet) {
    #expect(throws: InstructionSetError.unavailable(set)) { try InstructionSet.select(set) }
}

@Test func anUnknownNameInTheEnvironmentEndsTheProgram() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        setenv(InstructionSet.variable, "avx-2", 1)
        _ = InstructionSet.current
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("CRNN_INSTRUCTION_SET=avx-2: no such instruction set"))
}

@Test func anEmptyVariableChoosesNothing() async {
    await #expect(processExitsWith: .success) {
        setenv(InstructionSet.variable, "", 1)
        #expect(InstructionSet.current == .processor)
    }
}

#if arch(x86_64)
    @Test(.enabled(if: InstructionSet.processor > .baseline, "needs a set to leave out"))
    func aChoiceAfterTheFirstUseOfOneDNNIsAnError() async {
        await #expect(processExitsWith: .success) {
            unsetenv(InstructionSet.variable)
            _ = dnnl_get_effective_cpu_isa()
            #expect(throws: InstructionSetError.libraryInUse(.baseline)) {
                try InstructionSet.select(.baseline)
            }
        }
    }
#endif
