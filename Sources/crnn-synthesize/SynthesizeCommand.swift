import ArgumentParser
import Datasets
import Foundation
import Imaging
import Synthesis

@main
struct SynthesizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crnn dataset synthesize",
        abstract: "Make labelled pictures of text, as many as wanted.")

    @Option(help: "What the pictures look like: print.")
    var preset = "print"

    @Option(
        help: ArgumentHelp("A configuration; it says what differs from its preset.", valueName: "file.json"))
    var configuration: String?

    @Flag(help: "Print the configuration and stop.")
    var printConfiguration = false

    @Option(help: "How many samples to make.")
    var count = 1000

    @Option(help: "Another seed makes other samples.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The folder to make.", valueName: "folder"))
    var output: String?

    @Flag(help: "Replace a data set that is there already.")
    var force = false

    @Option(help: "lmdb for a data set, folder for PNG files and labels.tsv.")
    var format: OutputFormat = .lmdb

    @Option(
        parsing: .upToNextOption, help: "Text files, or folders of *.txt, instead of the configuration's.")
    var texts: [String] = []

    @Option(parsing: .upToNextOption, help: "Folders of fonts instead of the configuration's.")
    var fonts: [String] = []

    @Option(help: "Threads that work at once; all processors if not given.")
    var threads: Int?

    enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case lmdb, folder }

    func run() async throws {
        var base = "."
        var settings = try SynthesisConfiguration.preset(preset)
        if let configuration {
            settings = try SynthesisConfiguration(reading: configuration)
            base = URL(filePath: configuration).deletingLastPathComponent().path(percentEncoded: false)
        }
        if !texts.isEmpty { settings.text.sources = [.init(paths: texts.map(absolute))] }
        if !fonts.isEmpty { settings.fonts.folders = fonts.map(absolute) }
        if printConfiguration { return try StandardOutput.printLine(settings.json()) }
        guard let output else { throw ValidationError("--output is missing: name the folder to make.") }
        let synthesizer = try Synthesizer(settings, seed: seed, base: base)
        try await SampleProduction(
            synthesizer: synthesizer, count: count,
            threads: threads ?? ProcessInfo.processInfo.activeProcessorCount
        )
        .run(to: output, format: format, force: force)
    }

    private func absolute(_ path: String) -> String { URL(filePath: path).path(percentEncoded: false) }
}
