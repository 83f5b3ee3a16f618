import ArgumentParser
import Foundation
import Recognition
import Tensors
import Training

/// `crnn model convert`: the same model in a smaller file.
struct ModelConvert: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Store a model with half the bytes, and without what resuming its training needs.",
        discussion: """
            16-bit floats keep 11 significant bits of each weight, which changes few answers: compare both files \
            by `crnn evaluate`. Whole weights of a quantised model stay as they are. Every command reads them as it reads others; computing is in 32 bits all the same.

            EXAMPLE
              crnn model convert run/best.safetensors words.safetensors
              crnn model convert default printed.safetensors    (the model that is part of the program)
            """)

    /// How weights are stored.
    enum Weights: String, ExpressibleByArgument, CaseIterable {
        case f16, f32

        var format: ScalarFormat { self == .f16 ? .float16 : .float32 }
    }

    @Argument(help: ArgumentHelp("A trained model, such as run/best.safetensors.", valueName: "model"))
    var input: String

    @Argument(help: ArgumentHelp("The file to write; a file that is there is replaced.", valueName: "output"))
    var output: String

    @Option(help: "How weights are stored: as 16-bit or as 32-bit floats.")
    var weights = Weights.f16

    func run() throws {
        let checkpoint = try checkpoint(input, on: ReferenceDevice())
        let model = Checkpoint(
            model: checkpoint.model, alphabet: checkpoint.alphabet, preprocessor: checkpoint.preprocessor)
        try model.telling(checkpoint.learntSets).write(to: output, as: weights.format)
        let before = fileSize(input).map { ", was \($0)" } ?? ""
        try StandardOutput.printLine("\(output): \(fileSize(output) ?? "written")\(before)")
    }
}

/// The size of a file for people; nil where there is none.
func fileSize(_ path: String) -> String? {
    let values = try? URL(filePath: path).resourceValues(forKeys: [.fileSizeKey])
    return values?.fileSize.map { "\((Double($0) / 10_000).rounded() / 100) MB" }
}
