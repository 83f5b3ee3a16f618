import ArgumentParser
import CommandSupport
import Datasets
import Synthesis

/// `crnn dataset synthesize`: generates labelled images of text.
@main
struct SynthesizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crnn dataset synthesize",
        abstract: "Generate synthetic labelled images: printed text, scene text or captchas.",
        discussion: """
            Texts are excerpts from text files, and generated dates, prices and the like. Fonts are those of the \
            system or of given folders; each text uses a font that has all its glyphs. Sample i depends on the \
            configuration, the seed and i alone: the same command generates the same set with any number of threads.

            A configuration is a JSON file with a preset and the differences from it. --print-configuration shows \
            all settings. Relative paths in it refer to the folder of the file.

                { "preset": "print",
                  "text": { "sources": [ { "paths": ["books"], "weight": 1 } ] },
                  "effects": { "blur": { "probability": 0.2, "strength": [0.5, 2] } } }

            Examples:

                crnn dataset synthesize --preset print --texts words.txt --count 10000 --output data/print
                crnn dataset synthesize --configuration print.json --count 200 --format folder --output look
                crnn dataset synthesize --preset captcha --fonts-report
            """,
        version: "0.1.0")

    @OptionGroup var options: ConfigurationOptions

    @Option(help: "The number of samples.")
    var count = 1000

    @Option(help: "The index of the first sample. To extend an earlier set, give its number of samples.")
    var first = 0

    @Option(help: ArgumentHelp("The folder to write.", valueName: "folder"))
    var output: String?

    @Option(help: "lmdb: a data set; folder: PNG files and labels.tsv.")
    var format: OutputFormat = .lmdb

    @Flag(help: "Replace an existing data set, and the remains of an interrupted run.")
    var force = false

    @OptionGroup var threading: ThreadOption

    @Flag(help: "Print the configuration as JSON, and exit.")
    var printConfiguration = false

    @Flag(help: "Print the fonts found and the symbols of the alphabet that each lacks, and exit.")
    var fontsReport = false

    @Flag(
        help: ArgumentHelp(
            "Generate samples on request of another program.",
            discussion: """
                Standard input: indices of samples, one per line. Standard output, for each sample in the same \
                order: the byte counts of the PNG image and of the UTF-8 label, each as a 32-bit little-endian \
                integer, then the image, then the label.
                """))
    var serve = false

    @Option(
        help: ArgumentHelp(
            "Render captions on request of another program.",
            discussion: """
                Standard input: captions, one per line. Standard output: an image of this size for each, in the \
                format of --serve.
                """, valueName: "WIDTHxHEIGHT", visibility: .hidden))
    var captions: String?

    /// The storage format of samples.
    enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case lmdb, folder }

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count is \(count); give 1 or more.") }
        guard first >= 0 else { throw ValidationError("--first is \(first): give 0 or more.") }
        let modes = [printConfiguration, fontsReport, serve, captions != nil, output != nil].count { $0 }
        guard modes == 1 else {
            throw ValidationError(
                "Give one of --output, --print-configuration, --fonts-report and --serve.")
        }
    }

    func run() async throws {
        if let captions { return try CaptionService(size: captions).run() }
        let (configuration, base) = try options.configuration()
        if printConfiguration { return try StandardOutput.printLine(configuration.json()) }
        let synthesizer = try Synthesizer(configuration, seed: options.seed, base: base)
        if fontsReport { return try printFonts(of: synthesizer) }
        let samples = EncodedSamples(synthesizer: synthesizer, threads: threading.count)
        guard let output else { return try await SampleService(samples: samples).run() }
        do {
            try await SampleExport(samples: samples, range: first..<first + count)
                .run(to: output, format: format, force: force)
        } catch DatasetError.staging(let error) {
            throw CommandError(error.advice)
        }
    }

    private func printFonts(of synthesizer: Synthesizer) throws {
        for report in try synthesizer.fontReports() {
            let styles = "\(report.styles.count) \(report.styles.count == 1 ? "face" : "faces")"
            let notes =
                (report.missing.isEmpty ? [] : ["lacks \(report.missing)"])
                + (report.isAllCaps ? ["capitals only"] : [])
            try StandardOutput.printLine(
                ([report.family, styles, "weight \(report.weight)"] + notes).joined(separator: "\t"))
        }
    }
}
