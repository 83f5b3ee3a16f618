public import ArgumentParser
public import CPU

extension InstructionSet: ExpressibleByArgument {}

/// `--instruction-set`, for every command that computes.
struct InstructionSetOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The processor instructions to use: baseline, avx2, avx512, avx512-vnni or avx512-bf16; by default the value of "
                + "\(InstructionSet.variable), or the best set that the processor supports.",
            valueName: "set"))
    var instructionSet: InstructionSet?

    func validate() throws {
        do {
            try InstructionSet.select(instructionSet)
        } catch {
            throw ValidationError(error.description)
        }
    }
}
