import ArgumentParser
import DefaultModel
import Foundation
import Recognition
import Tensors

/// The options of every command that reads with a trained model.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The trained model, such as run/best.safetensors; unless given, the one that is part of the program: it "
                + "reads printed words and lines of western European languages.",
            valueName: "file"))
    var model = Checkpoint.defaultModelName

    @Option(help: ArgumentHelp("Threads that compute; by default one per processor.", valueName: "count"))
    var threads: Int?

    @Option(help: PrecisionOption.help)
    var precision = PrecisionOption.f32

    @Flag(inversion: .prefixedNo, help: deterministicHelp)
    var deterministic = true

    @OptionGroup var instructions: InstructionSetOption

    func validate() throws {
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads is \(threads); give a number from 1 to 1024.")
        }
    }

    /// The trained recogniser.
    func recognizer() throws -> Recognizer {
        try checkpoint(
            model, on: makeDevice(threads: threads, precision.precision, isDeterministic: deterministic)
        ).recognizer
    }

    /// How many threads decode and prepare images.
    var workers: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }
}

/// The checkpoint in a file, or the one that is part of the program.
func checkpoint(_ name: String, on device: any Device) throws(CheckpointError) -> Checkpoint {
    name == Checkpoint.defaultModelName
        ? try .defaultModel(on: device) : try Checkpoint(reading: name, on: device)
}
