import ArgumentParser
import CommandSupport
import DefaultModel
import Files
import Foundation
import Recognition
import Tensors
import Training

/// `crnn model inspect`: shows the properties of a trained model.
struct ModelInspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show the network and alphabet of a model, and the data sets that it was trained on.",
        discussion: """
            Examples:

                crnn model inspect                          (the default model)
                crnn model inspect run/best.safetensors --format json
            """)

    /// The output format.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(
        help: ArgumentHelp(
            "A trained model; by default the default model.", valueName: "model"))
    var model = Checkpoint.defaultModelName

    @Option(help: "The output format: text or json.")
    var format = Format.text

    func run() throws {
        let description = ModelDescription(try checkpoint(model, on: ReferenceDevice()), path: model)
        try StandardOutput.printLine(
            format == .text
                ? description.text : try JSONText.encoder(isIndented: true).encodedText(description))
    }
}
