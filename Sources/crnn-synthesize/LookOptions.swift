import ArgumentParser
import Foundation
import Synthesis

/// The options that decide what samples are.
struct LookOptions: ParsableArguments {
    @Option(
        help: "What the pictures look like: \(SynthesisConfiguration.presetNames.joined(separator: ", ")).")
    var preset: String?

    @Option(
        name: .customLong("configuration"),
        help: ArgumentHelp("A JSON file that says what differs from a preset.", valueName: "file.json"))
    var file: String?

    @Option(help: "Another seed makes other samples.")
    var seed: UInt64 = 1

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Text files in UTF-8, or folders of *.txt, instead of the configuration's.", valueName: "path"))
    var texts: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Folders of font files instead of the configuration's.", valueName: "folder"))
    var fonts: [String] = []

    func validate() throws {
        guard preset == nil || file == nil else {
            throw ValidationError("Give --preset or --configuration, whose file names its preset itself.")
        }
    }

    /// The configuration, and the folder from which its relative paths lead.
    func configuration() throws -> (SynthesisConfiguration, base: String) {
        var configuration = try file.map(SynthesisConfiguration.init(reading:)) ?? .preset(preset ?? "print")
        if !texts.isEmpty { configuration.text.sources = [.init(paths: texts.map(absolute))] }
        if !fonts.isEmpty { configuration.fonts.folders = fonts.map(absolute) }
        let base = file.map { URL(filePath: $0).deletingLastPathComponent().path(percentEncoded: false) }
        return (configuration, base ?? ".")
    }

    private func absolute(_ path: String) -> String { URL(filePath: path).path(percentEncoded: false) }
}
