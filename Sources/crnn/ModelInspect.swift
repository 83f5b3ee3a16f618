import ArgumentParser
import DefaultModel
import Files
import Foundation
import Recognition
import Tensors
import Training

/// `crnn model inspect`: what a trained model reads and what it was made with.
struct ModelInspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what models read and what they were made with: network, alphabet, data sets.",
        discussion: """
            EXAMPLES
              crnn model inspect                          (the model that is part of the program)
              crnn model inspect run/best.safetensors --format json
            """)

    /// How models are described.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(
        help: ArgumentHelp(
            "A trained model; unless given, the one that is part of the program.", valueName: "model"))
    var model = Checkpoint.defaultModelName

    @Option(help: "How to print: text for people, json for programs.")
    var format = Format.text

    func run() throws {
        let description = ModelDescription(try checkpoint(model, on: ReferenceDevice()), path: model)
        try StandardOutput.printLine(
            format == .text
                ? description.text : try JSONText.encoder(isIndented: true).encodedText(description))
    }
}

/// What a checkpoint says of its model.
private struct ModelDescription: Encodable {
    let path: String
    let parameters: Int
    let network: CRNNConfiguration
    let preprocessing: Preprocessor
    let alphabet: [String]
    let quantizedConvolutions: [Int]
    let quantizedRecurrence: [Int]
    let datasets: [LearntSet]

    init(_ checkpoint: Checkpoint, path: String) {
        self.path = path
        network = checkpoint.model.configuration
        parameters = network.parameterCount(classes: checkpoint.alphabet.classes)
        preprocessing = checkpoint.preprocessor
        alphabet = checkpoint.alphabet.symbols
        quantizedConvolutions = checkpoint.model.quantizedConvolutions
        quantizedRecurrence = checkpoint.model.quantizedRecurrence
        datasets = checkpoint.learntSets
    }

    var text: String {
        let channels = network.convolutions.map { "\($0.channels)" }.joined(separator: ", ")
        let lines = [
            ("model", path), ("parameters", "\(parameters)"),
            ("images", "height \(network.height), any width up to \(preprocessing.maximumWidth)"),
            ("convolutions", "\(channels) channels\(note(quantizedConvolutions))"),
            (
                "recurrence",
                "\(network.recurrentLayers) × 2 × \(network.recurrentUnits) units\(note(quantizedRecurrence))"
            ),
            ("alphabet", "\(alphabet.count) symbols: \(alphabet.joined())"),
        ]
        let sets = datasets.map { ("\($0.purpose.rawValue) set", "\($0.name), \(samples($0))") }
        return (lines + sets).map { $0.0.padding(toLength: 16, withPad: " ", startingAt: 0) + $0.1 }
            .joined(separator: "\n")
    }

    private func note(_ layers: [Int]) -> String {
        layers.isEmpty ? "" : "; \(layers.count == 1 ? "1 layer" : "\(layers.count) layers") in 8 bits"
    }

    private func samples(_ set: LearntSet) -> String {
        (set.seed.map { "\(set.samples) samples drawn in every epoch, seed \($0)" }
            ?? "\(set.samples) samples") + (set.checksum.map { ", checksum \($0)" } ?? "")
    }
}
