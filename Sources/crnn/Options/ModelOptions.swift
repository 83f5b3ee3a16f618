import ArgumentParser
import CommandSupport
import DefaultModel
import Recognition
import Tensors

/// The options of every command that runs a trained model.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A trained model, such as run/best.safetensors; by default the default model for printed words and lines "
                + "in western European languages.",
            valueName: "file"))
    var model = Checkpoint.defaultModelName

    @OptionGroup var threading: ThreadOption

    @Option(help: PrecisionOption.help)
    var precision = PrecisionOption.f32

    @OptionGroup var determinism: DeterminismOption

    @OptionGroup var instructions: InstructionSetOption

    /// The recognizer with the model.
    ///
    /// - Parameter readsOneImage: Whether it reads a single image.
    func recognizer(readsOneImage: Bool = false) throws -> Recognizer {
        try checkpoint(
            model,
            on: makeDevice(
                threads: threading.threads, precision.precision, isDeterministic: determinism.deterministic,
                cachesKernels: !readsOneImage)
        ).recognizer
    }

    /// The number of threads that decode and preprocess images.
    var workers: Int { threading.count }
}
