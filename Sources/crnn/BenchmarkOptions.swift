import ArgumentParser
import Foundation
import Recognition

/// What `crnn benchmark` measures.
struct BenchmarkOptions: ParsableArguments {
    @Option(help: "What to measure: training or inference; both unless given.")
    var phase: BenchmarkPhase?

    @Option(help: "The numbers to compute with; auto takes what the processor does best.")
    var precision = BenchmarkPrecision.auto

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Images computed at once; may be repeated.", valueName: "count"))
    var batch = [1, 8, 64]

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Widths of the images; may be repeated.", valueName: "pixels"))
    var width = [100]

    @Option(help: ArgumentHelp("How long each figure is measured.", valueName: "seconds"))
    var seconds = 5.0

    @Flag(inversion: .prefixedNo, help: "Measure each layer, too.")
    var layers = true

    @Option(help: ArgumentHelp("Threads that compute; by default one per processor.", valueName: "count"))
    var threads: Int?

    @Flag(inversion: .prefixedNo, help: deterministicHelp)
    var deterministic = true

    @OptionGroup var instructions: InstructionSetOption

    @Option(
        help: ArgumentHelp("The model whose network is measured instead of the paper's.", valueName: "file"))
    var model: String?

    /// What is not excluded; in whole numbers, networks are read only.
    private var phases: [BenchmarkPhase] {
        if let phase { return [phase] }
        return precision == .int8 ? [.inference] : BenchmarkPhase.allCases
    }

    /// All combinations, training first, small ones first.
    var loads: [BenchmarkLoad] {
        phases.flatMap { phase in
            width.flatMap { width in batch.map { BenchmarkLoad(phase: phase, batch: $0, width: width) } }
        }
    }

    func validate() throws {
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads is \(threads); give a number from 1 to 1024.")
        }
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
            throw ValidationError("--precision int8: nothing is trained in whole numbers; give f32 or bf16.")
        }
        do { try precision.validate() } catch { throw ValidationError("--precision: \(error)") }
    }
}

/// What is measured.
enum BenchmarkPhase: String, ExpressibleByArgument, CaseIterable, Encodable {
    case training, inference
}

/// One amount of work.
struct BenchmarkLoad {
    let phase: BenchmarkPhase
    let batch: Int
    let width: Int
}
