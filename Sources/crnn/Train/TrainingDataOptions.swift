import ArgumentParser

/// The data options of `crnn train`.
struct TrainingDataOptions: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Training data sets, or folders that contain data sets.", valueName: "path"))
    var lmdb: [String] = []

    @Option(
        name: .customLong("validation-lmdb"), parsing: .upToNextOption,
        help: ArgumentHelp(
            "Validation data sets, instead of a fraction of the training data sets.", valueName: "path"))
    var validationLmdb: [String] = []

    @Option(help: ArgumentHelp("The fraction of samples held out for validation.", valueName: "fraction"))
    var validationFraction = 0.1

    @Flag(
        inversion: .prefixedNo,
        help: "Augment training images at random: rotation, shear, scale, blur, noise, tone, inversion.")
    var augmentation = true

    @Option(help: ArgumentHelp("The number of background threads that prepare images.", valueName: "count"))
    var loaderThreads = 1

    /// Throws if a value is out of range.
    func validateValues() throws {
        guard (0..<1).contains(validationFraction) else {
            throw ValidationError("--validation-fraction must be at least 0 and below 1")
        }
        guard loaderThreads > 0 else { throw ValidationError("--loader-threads must be at least 1") }
    }
}
