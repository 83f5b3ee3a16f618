import ArgumentParser
import Foundation
import Synthesis

/// The options that determine the samples: configuration, texts, fonts and seed.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        help:
            "The preset: \(SynthesisConfiguration.presetNames.joined(separator: ", ")); print by default.")
    var preset: String?

    @Option(
        name: .customLong("configuration"),
        help: ArgumentHelp("A JSON file with the differences from a preset.", valueName: "file.json"))
    var file: String?

    @Option(help: "The seed of all random draws; another seed gives other samples.")
    var seed: UInt64 = 1

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "UTF-8 text files, or folders of *.txt. They replace those of the configuration.",
            valueName: "path"))
    var texts: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Folders of font files. They replace those of the configuration.", valueName: "folder"))
    var fonts: [String] = []

    func validate() throws {
        guard preset == nil || file == nil else {
            throw ValidationError("Give --preset or --configuration, not both: the file names its preset.")
        }
    }

    /// The configuration, and the folder that its relative paths refer to.
    func configuration() throws -> (SynthesisConfiguration, base: String) {
        var configuration = try file.map(SynthesisConfiguration.init(reading:)) ?? .preset(preset ?? "print")
        if !texts.isEmpty { configuration.text.sources = [.init(paths: texts.map(absolute))] }
        if !fonts.isEmpty { configuration.fonts.folders = fonts.map(absolute) }
        let base = file.map { URL(filePath: $0).deletingLastPathComponent().path(percentEncoded: false) }
        return (configuration, base ?? ".")
    }

    private func absolute(_ path: String) -> String { URL(filePath: path).path(percentEncoded: false) }
}
