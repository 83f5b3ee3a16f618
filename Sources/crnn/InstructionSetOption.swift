public import ArgumentParser
public import CPU

extension InstructionSet: ExpressibleByArgument {}

/// Which instructions of the processor to compute with, for every command that computes.
struct InstructionSetOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The processor instructions to use: baseline, avx2, avx512 or avx512-bf16. By default the value of "
                + "\(InstructionSet.variable), or all that the processor has.",
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
