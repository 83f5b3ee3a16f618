import ArgumentParser
import CPU
import CommandSupport
import Foundation
import Recognition
import Tensors
import Training

/// `crnn train`: trains a model on labelled images.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract:
            "Train a CRNN on LMDB data sets, on synthetic images generated during training, or on both.",
        discussion: """
            The run folder (--output) contains best.safetensors (the weights with the best validation), \
            last.safetensors (the latest weights and the state of training), metrics.jsonl (one JSON object per line) \
            and configuration.json.

            Ctrl-C, SIGTERM and SIGHUP (the terminal is closed) stop after the current step and save a checkpoint. \
            --resume continues from the last checkpoint, even after a crash, and reaches the same weights, bit for \
            bit, as an uninterrupted run. The weights depend on the number of threads; --resume keeps that of the run \
            by default. With --epochs or --steps, --resume trains a run longer, even a finished one: the decay of the \
            learning rate is stretched to the new end, so that the rate rises first.

            Examples:

                crnn train --lmdb data/            (all data sets in data/)
                crnn train --lmdb words --preset paper --epochs 20 --output paper-run
                crnn train --lmdb train --validation-lmdb test --patience 10
                crnn train --synthesize print      (synthetic images, each used once)
                crnn train --lmdb words --synthesize print.json --mix 0.3
                crnn train --lmdb receipts --from run/best.safetensors --output receipts-run
                crnn train --resume paper-run
                crnn train --resume paper-run --epochs 40
            """)

    @OptionGroup(title: "Data") var data: TrainingDataOptions
    @OptionGroup(title: "Synthetic images") var synthesis: SynthesisOptions
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Optimization") var optimization: OptimizationOptions

    @Option(help: ArgumentHelp("The run folder to create.", valueName: "folder"))
    var output = "run"

    @Flag(help: "Replace an existing run in the output folder.")
    var force = false

    @Option(
        help: ArgumentHelp(
            "Start from the weights of a trained model instead of random weights; `default` names the default model. "
                + "Symbols that its alphabet lacks are added.",
            valueName: "model"))
    var from: String?

    @Option(help: ArgumentHelp("Resume a run from its last checkpoint.", valueName: "folder"))
    var resume: String?

    @OptionGroup var threading: ThreadOption

    @Option(help: PrecisionOption.help)
    var precision: PrecisionOption?

    @OptionGroup var determinism: DeterminismOption

    @OptionGroup var instructions: InstructionSetOption

    func validate() throws {
        // Otherwise, an option that is missing would hide one that is misspelled.
        guard optionsGiven.allSatisfy(Self.helpMessage().contains) else { return }
        for (name, path) in paths where path.isEmpty {
            throw ValidationError("\(name) is empty; give a path")
        }
        if resume == nil, synthesis.synthesize == nil, data.lmdb.isEmpty {
            throw ValidationError(
                "give data sets (--lmdb), a synthesis configuration (--synthesize), or a run to resume (--resume)"
            )
        }
        if resume != nil, let other = optionsGiven.first(where: { !Self.resumingOptions.contains($0) }) {
            throw ValidationError(
                "--resume uses the data and settings of the run; it cannot be combined with \(other)")
        }
        if from != nil, let other = optionsGiven.first(where: Self.networkOptions.contains) {
            throw ValidationError("--from uses the network of the model; it cannot be combined with \(other)")
        }
        try data.validateValues()
        try synthesis.validateValues(isMixed: !data.lmdb.isEmpty)
        try network.validateValues()
        try optimization.validateValues()
    }

    private var paths: [(name: String, path: String)] {
        data.lmdb.map { ("--lmdb", $0) } + data.validationLmdb.map { ("--validation-lmdb", $0) }
            + [("--output", output)] + [from].compactMap(\.self).map { ("--from", $0) }
            + [resume].compactMap(\.self).map { ("--resume", $0) }
    }

    func run() throws {
        var trainer = try trainer()
        var display = TrainingDisplay(trainer.configuration, run: trainer.run)
        let signal = StopSignal()
        let summary = try trainer.train(shouldStop: { signal.isRaised }) { display.show($0) }
        try display.finish(summary)
        if summary.ending == .interrupted { throw ExitCode(128 + signal.number) }
    }

    private static let resumingOptions = [
        "--resume", "--epochs", "--steps", "--threads", "--precision", "--deterministic",
        "--no-deterministic",
        "--instruction-set",
    ]
    private static let networkOptions = ["--preset", "--height", "--width-step"]

    /// The names of the long options on the command line. Parsed options do not show
    /// whether they were given.
    private var optionsGiven: [String] {
        CommandLine.arguments.filter { $0.hasPrefix("--") }
            .map { String($0.prefix { $0 != "=" }) }
    }

    private func trainer() throws -> Trainer {
        do {
            return try resume.map(resumed) ?? started()
        } catch TrainingError.runExists(let path) {
            throw CommandError(
                "run \(path) already exists: resume it with --resume \(path), choose another --output, or replace it "
                    + "with --force")
        }
    }

    private func started() throws -> Trainer {
        try requireApart(
            run: RunFolder(output), from: [from, synthesis.synthesize],
            datasets: data.lmdb + data.validationLmdb)
        let threads = threading.count
        var configuration = TrainingConfiguration(
            network: network.configuration, trainingPaths: absolute(data.lmdb), threads: threads)
        configuration.widthStep = network.widthStep
        configuration.trimsMargins = network.trimMargins ? true : nil
        configuration.validationPaths = absolute(data.validationLmdb)
        configuration.validationFraction = data.validationFraction
        configuration.synthetic = synthesis.images(isMixed: !data.lmdb.isEmpty)
        configuration.augmentation = data.augmentation ? .mild : nil
        configuration.loaderThreads = data.loaderThreads
        optimization.apply(to: &configuration)
        let device = makeDevice(
            threads: threads, (precision ?? .f32).precision, isDeterministic: determinism.deterministic)
        configuration.precision = device.precision
        return try Trainer(
            configuration, alphabet: network.alphabetSymbols(),
            startingFrom: from.map { try trainable($0, on: device) },
            synthetic: configuration.synthetic.map(SynthesizerSampleSource.init), run: RunFolder(output),
            replacing: force,
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
        let original = configuration.precision ?? .float32
        let device = makeDevice(
            threads: threading.threads ?? configuration.threads, precision?.precision ?? original,
            isDeterministic: determinism.deterministic)
        if device.threads != configuration.threads {
            StandardError.printLine(
                "warning: the run was started with \(configuration.threads) threads; with \(device.threads) its weights "
                    + "will differ in the last bits")
        }
        if device.precision != original {
            StandardError.printLine(
                "warning: the run was started in \(original.rawValue); in \(device.precision.rawValue) its weights will "
                    + "differ from the third digit on")
        }
        return try Trainer(
            resuming: run, until: optimization.givenLimit,
            synthetic: configuration.synthetic.map(SynthesizerSampleSource.init), on: device)
    }

    /// Absolute paths, so that the run can be resumed from another folder.
    private func absolute(_ paths: [String]) -> [String] {
        paths.map { URL(filePath: $0).standardizedFileURL.path(percentEncoded: false) }
    }
}
