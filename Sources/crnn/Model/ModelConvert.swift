import ArgumentParser
import CommandSupport
import Recognition
import Tensors
import Training

/// `crnn model convert`: stores a model in a smaller file.
struct ModelConvert: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Store a model without its optimizer state, by default in 16-bit floats.",
        discussion: """
            16-bit floats keep 11 significant bits of each weight. Few answers change; to see how many, run \
            `crnn evaluate` on both files. The int8 weights of a quantized model are stored unchanged. All commands read the \
            converted file like any other; the precision of the computation does not change. Training cannot be \
            resumed from it.

            Examples:

                crnn model convert run/best.safetensors words.safetensors
                crnn model convert default printed.safetensors    (the default model)
            """)

    /// The format of stored weights.
    enum Weights: String, ExpressibleByArgument, CaseIterable {
        case f16, f32

        var format: ScalarFormat { self == .f16 ? .float16 : .float32 }
    }

    @Argument(
        help: ArgumentHelp("A trained model, such as run/best.safetensors, or default.", valueName: "model"))
    var input: String

    @Argument(help: ArgumentHelp("The file to write; an existing file is replaced.", valueName: "output"))
    var output: String

    @Option(help: "The format of the weights: 16-bit or 32-bit floats.")
    var weights = Weights.f16

    func run() throws {
        try requireApart(file: output, from: [input])
        let checkpoint = try checkpoint(input, on: ReferenceDevice())
        let model = Checkpoint(
            model: checkpoint.model, alphabet: checkpoint.alphabet, preprocessor: checkpoint.preprocessor)
        try model.recording(checkpoint.datasetRecords).write(to: output, as: weights.format)
        let before = fileSize(input).map { ", was \($0)" } ?? ""
        try StandardOutput.printLine("\(output): \(fileSize(output) ?? "written")\(before)")
    }
}
