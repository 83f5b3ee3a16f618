import ArgumentParser
import Foundation
import Recognition
import Tensors

/// `crnn model convert`: the same model in a smaller file.
struct ModelConvert: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Store a model with half the bytes, and without what resuming its training needs.",
        discussion: """
            16-bit floats keep 11 significant bits of each weight, which changes few answers: compare both files \
            by `crnn evaluate`. Every command reads them as it reads others; computing is in 32 bits all the same.

            EXAMPLE
              crnn model convert run/best.safetensors words.safetensors
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
        let checkpoint = try Checkpoint(reading: input, on: ReferenceDevice())
        let model = Checkpoint(
            model: checkpoint.model, alphabet: checkpoint.alphabet, preprocessor: checkpoint.preprocessor)
        try model.write(to: output, as: weights.format)
        try StandardOutput.printLine("\(output): \(try fileSize(output)), was \(try fileSize(input))")
    }

    private func fileSize(_ path: String) throws -> String {
        let bytes = try URL(filePath: path).resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        return "\((Double(bytes) / 10_000).rounded() / 100) MB"
    }
}
