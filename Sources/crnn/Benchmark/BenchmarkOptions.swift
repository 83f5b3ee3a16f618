import ArgumentParser
import CommandSupport

/// The options of `crnn benchmark` for what it measures.
struct BenchmarkOptions: ParsableArguments {
    @Option(help: "What to measure: training or inference; by default both.")
    var phase: BenchmarkPhase?

    @Option(help: "The precision: f32, bf16, int8 (inference only), or auto for the faster of f32 and bf16.")
    var precision = BenchmarkPrecision.auto

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Batch sizes; may be repeated.", valueName: "count"))
    var batch = [1, 8, 64]

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Image widths; may be repeated.", valueName: "pixels"))
    var width = [100]

    @Option(help: ArgumentHelp("The duration of each measurement.", valueName: "seconds"))
    var seconds = 5.0

    @Flag(inversion: .prefixedNo, help: "Measure the layers separately, too.")
    var layers = true

    @OptionGroup var threading: ThreadOption

    @OptionGroup var determinism: DeterminismOption

    @OptionGroup var instructions: InstructionSetOption

    @Option(
        help: ArgumentHelp("A model to measure instead of the network of the paper.", valueName: "file"))
    var model: String?

    /// The given phase, or all that the precision supports: int8 networks cannot be trained.
    private var phases: [BenchmarkPhase] {
        if let phase { return [phase] }
        return precision == .int8 ? [.inference] : BenchmarkPhase.allCases
    }

    /// All combinations of the options: training first, then by width and batch size as given.
    var loads: [BenchmarkLoad] {
        phases.flatMap { phase in
            width.flatMap { width in batch.map { BenchmarkLoad(phase: phase, batch: $0, width: width) } }
        }
    }

    func validate() throws {
        guard (0...3600).contains(seconds) else {
            throw ValidationError("--seconds is \(seconds); give a number from 0 to 3600.")
        }
        for batch in batch where !(1...65_536).contains(batch) {
            throw ValidationError("--batch is \(batch); give numbers from 1 to 65536.")
        }
        for width in width where !(1...65_536).contains(width) {
            throw ValidationError("--width is \(width); give numbers from 1 to 65536.")
        }
        if precision == .int8, phase == .training {
            throw ValidationError("--precision int8 supports only inference; give f32 or bf16.")
        }
        do { try precision.validate() } catch { throw ValidationError("--precision: \(error)") }
    }
}
