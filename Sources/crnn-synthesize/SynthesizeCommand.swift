import ArgumentParser
import Foundation
import Synthesis

/// `crnn dataset synthesize`: labelled pictures of text.
@main
struct SynthesizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crnn dataset synthesize",
        abstract: "Make labelled pictures of text: printed, in scenes, or as captchas.",
        discussion: """
            Texts come from files and are made up; fonts are those of the system, or of folders. Only fonts that \
            hold every glyph of a text are taken for it. Sample i depends on configuration, seed and i alone: the \
            same command makes the same set, whatever the number of threads.

            A configuration is a JSON file that names a preset and what differs from it; --print-configuration \
            shows everything that can be set. Paths in it lead from its own folder.

                { "preset": "print",
                  "text": { "sources": [ { "paths": ["books"], "weight": 1 } ] },
                  "effects": { "blur": { "probability": 0.2, "strength": [0.5, 2] } } }

            Examples:

                crnn dataset synthesize --preset print --texts words.txt --count 10000 --output data/print
                crnn dataset synthesize --configuration print.json --count 200 --format folder --output look
                crnn dataset synthesize --preset captcha --fonts-report
            """,
        version: "0.1.0")

    @OptionGroup var look: LookOptions

    @Option(help: "How many samples to make.")
    var count = 1000

    @Option(help: "The number of the first sample, to go on where an earlier set ended.")
    var first = 0

    @Option(help: ArgumentHelp("The folder to make.", valueName: "folder"))
    var output: String?

    @Option(help: "lmdb for a data set, folder for PNG files and labels.tsv.")
    var format: OutputFormat = .lmdb

    @Flag(help: "Replace a data set that is there already, and what an interrupted run left behind.")
    var force = false

    @Option(help: "Threads that work at once; as many as there are processors if not given.")
    var threads: Int?

    @Flag(help: "Print the configuration as JSON and stop.")
    var printConfiguration = false

    @Flag(help: "Print the fonts that are found, and which symbols of the alphabet each lacks, and stop.")
    var fontsReport = false

    @Flag(
        help: ArgumentHelp(
            "Serve samples to another program.",
            discussion: """
                Standard input has the numbers of samples, one a line. For each, in their order, standard output \
                gets two 32-bit numbers, little-endian, the bytes of the PNG and of the label, and then both.
                """))
    var serve = false

    @Option(
        help: ArgumentHelp(
            "Serve pictures of lines of text to another program.",
            discussion: """
                Standard input has the lines; standard output gets each as --serve hands over samples, in pictures of \
                this size.
                """, valueName: "WIDTHxHEIGHT", visibility: .hidden))
    var captions: String?

    /// How samples are stored.
    enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case lmdb, folder }

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count is \(count): ask for 1 sample or more.") }
        guard first >= 0 else { throw ValidationError("--first is \(first): samples are numbered from 0.") }
        guard threads ?? 1 > 0 else { throw ValidationError("--threads is \(threads ?? 0): give 1 or more.") }
        let ways = [printConfiguration, fontsReport, serve, captions != nil, output != nil].count { $0 }
        guard ways == 1 else {
            throw ValidationError(
                "Give one of --output, --print-configuration, --fonts-report and --serve.")
        }
    }

    func run() async throws {
        if let captions { return try CaptionService(size: captions).run() }
        let (configuration, base) = try look.configuration()
        if printConfiguration { return try StandardOutput.printLine(configuration.json()) }
        let synthesizer = try Synthesizer(configuration, seed: look.seed, base: base)
        if fontsReport { return try printFonts(of: synthesizer) }
        let samples = EncodedSamples(
            synthesizer: synthesizer, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
        guard let output else { return try await SampleService(samples: samples).run() }
        try await SampleProduction(samples: samples, range: first..<first + count)
            .run(to: output, format: format, force: force)
    }

    private func printFonts(of synthesizer: Synthesizer) throws {
        for report in try synthesizer.fontReports() {
            let styles = "\(report.styles.count) \(report.styles.count == 1 ? "face" : "faces")"
            let notes =
                (report.missing.isEmpty ? [] : ["lacks \(report.missing)"])
                + (report.hidesCase ? ["capitals only"] : [])
            try StandardOutput.printLine(
                ([report.family, styles, "weight \(report.weight)"] + notes).joined(separator: "\t"))
        }
    }
}
