import ArgumentParser
import CPU
import Foundation
import Recognition
import Tensors
import Training

/// `crnn train`: from labelled images to a model.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a recogniser on LMDB data sets, on pictures drawn on the way, or on both.",
        discussion: """
            The run's folder (--output) holds best.safetensors (the best validation), last.safetensors (the latest \
            weights, with what resuming needs), metrics.jsonl (one JSON object a line) and configuration.json.

            Ctrl-C stops after the current step, with a checkpoint. --resume goes on from the last checkpoint, \
            after a kill, too, and reaches the same weights bit for bit as a run that was never stopped.

            EXAMPLES
              crnn train --lmdb data/            (all data sets below data/)
              crnn train --lmdb words --preset paper --epochs 20 --output paper-run
              crnn train --lmdb train --validation-lmdb test --patience 10
              crnn train --synthesize print      (pictures are drawn, none twice)
              crnn train --lmdb words --synthesize print.json --mix 0.3
              crnn train --lmdb receipts --from run/best.safetensors --output receipts-run
              crnn train --resume paper-run
            """)

    @OptionGroup(title: "Data") var data: TrainingDataOptions
    @OptionGroup(title: "Drawn pictures") var synthesis: SynthesisOptions
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Course") var course: CourseOptions

    @Option(help: ArgumentHelp("The run's folder, made anew.", valueName: "folder"))
    var output = "run"

    @Flag(help: "Throw away a run that the output folder holds already.")
    var force = false

    @Option(
        help: ArgumentHelp(
            "Start from the weights of a trained model, or of the one that is part of the program (default), "
                + "instead of random ones; symbols that it lacks are added.",
            valueName: "model"))
    var from: String?

    @Option(help: ArgumentHelp("Go on with a run where its last checkpoint stands.", valueName: "folder"))
    var resume: String?

    @Option(
        help: ArgumentHelp(
            "Threads that compute; all cores unless given. The same number gives the same weights.",
            valueName: "count"))
    var threads: Int?

    @Option(help: PrecisionOption.help)
    var precision: PrecisionOption?

    @Flag(inversion: .prefixedNo, help: deterministicHelp)
    var deterministic = true

    @OptionGroup var instructions: InstructionSetOption

    func validate() throws {
        if resume == nil, synthesis.synthesize == nil, data.lmdb.isEmpty {
            throw ValidationError(
                "give data sets to learn from (--lmdb), pictures to draw (--synthesize), or a run to go on with "
                    + "(--resume)")
        }
        if resume != nil, let other = optionsGiven.first(where: { !Self.resumingOptions.contains($0) }) {
            throw ValidationError(
                "--resume takes its data and settings from the run; \(other) cannot be given with it")
        }
        if from != nil, let other = optionsGiven.first(where: Self.networkOptions.contains) {
            throw ValidationError("--from takes the network from the model; \(other) cannot be given with it")
        }
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads must be from 1 to 1024")
        }
        try data.validateValues()
        try synthesis.validateValues(hasSets: !data.lmdb.isEmpty)
        try network.validateValues()
        try course.validateValues()
    }

    func run() throws {
        var trainer = try resume.map(resumed) ?? started()
        var display = TrainingDisplay(trainer.configuration, run: trainer.run)
        let signal = StopSignal()
        let summary = try trainer.train(shouldStop: { signal.isRaised }) { display.show($0) }
        try display.finish(summary)
        if summary.ending == .interrupted { throw ExitCode(128 + signal.number) }
    }

    private static let resumingOptions = [
        "--resume", "--threads", "--precision", "--deterministic", "--no-deterministic",
    ]
    private static let networkOptions = ["--preset", "--height", "--width-step"]

    /// The long names on the command line; parsed values do not tell given ones from defaults.
    private var optionsGiven: [String] {
        CommandLine.arguments.filter { $0.hasPrefix("--") }
            .map { String($0.prefix { $0 != "=" }) }
    }

    private func started() throws -> Trainer {
        let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        var configuration = TrainingConfiguration(
            network: network.configuration, trainingPaths: absolute(data.lmdb), threads: threads)
        configuration.widthStep = network.widthStep
        configuration.validationPaths = absolute(data.validationLmdb)
        configuration.validationFraction = data.validationFraction
        configuration.made = synthesis.images(besideSets: !data.lmdb.isEmpty)
        configuration.augmentation = data.augmentation ? .mild : nil
        configuration.loaderThreads = data.loaderThreads
        course.apply(to: &configuration)
        let device = makeDevice(
            threads: threads, (precision ?? .f32).precision, isDeterministic: deterministic)
        configuration.precision = device.precision
        return try Trainer(
            configuration, alphabet: network.alphabetSymbols(),
            startingFrom: from.map { try trainable($0, on: device) },
            made: configuration.made.map(SampleMaker.init), run: RunFolder(output), replacing: force,
            on: device)
    }

    private func trainable(_ name: String, on device: any Device) throws(CheckpointError) -> Checkpoint {
        let start = try checkpoint(name, on: device)
        try start.requireTrainable(at: name)
        return start
    }

    private func resumed(_ folder: String) throws -> Trainer {
        let run = RunFolder(folder)
        let configuration = try Trainer.configuration(of: run)
        let begun = configuration.precision ?? .float32
        let device = makeDevice(
            threads: threads ?? configuration.threads, precision?.precision ?? begun,
            isDeterministic: deterministic)
        if device.threads != configuration.threads {
            StandardError.printLine(
                "warning: the run was begun with \(configuration.threads) threads; with \(device.threads) its weights "
                    + "will differ in the last bits")
        }
        if device.precision != begun {
            StandardError.printLine(
                "warning: the run was begun in \(begun.rawValue); in \(device.precision.rawValue) its weights will "
                    + "differ from the third digit on")
        }
        return try Trainer(
            resuming: run, made: configuration.made.map(SampleMaker.init), on: device)
    }

    /// Paths that stay right when the run is resumed from another folder.
    private func absolute(_ paths: [String]) -> [String] {
        paths.map { URL(filePath: $0).standardizedFileURL.path(percentEncoded: false) }
    }
}
