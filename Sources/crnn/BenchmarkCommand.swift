import ArgumentParser
import Files
import Recognition

/// `crnn benchmark`: how fast this machine trains and reads, and how near that is to what it could do.
struct BenchmarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Measure how fast this machine trains and reads, layer by layer.",
        discussion: """
            Measured is the network of the CRNN paper with 37 classes and random weights, or that of --model, on \
            images in memory: no files are read, nothing is decoded. A training step is forward, CTC, backward, \
            gradient norm and Adam; inference ends with the scores.

                peak      the best rate of a large matrix product by oneDNN; “–” where the
                          processor lacks the instructions
                layer     a convolution with the normalisation and pooling after it, a
                          bidirectional LSTM, or the classifier
                share     the layer's part of the time of all parts, measured one by one
                bound     the time that the network's operations would take at the peak
                of bound  the bound by the measured time: 1.00 is the machine's limit

            Operations are multiplications and additions of the direct algorithm. Winograd's does fewer, so that a \
            layer's rate above the peak, and a fraction above 1, are possible.

            Times are medians; the first run, which compiles kernels, is left out. JSON holds `machine`, `peak`, \
            `network`, `layers`, and `training` and `inference`: arrays of {precision, batch, height, width, threads, \
            imagesPerSecond, milliseconds, processorMilliseconds, boundFraction, peakMebibytes}, the last for training \
            alone: the most memory that the process had.

            Examples:

                crnn benchmark
                crnn benchmark --phase inference --batch 1 --model run/best.safetensors
                crnn benchmark --batch 8 --width 32 320 --no-layers --format json
            """)

    /// How results are printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @OptionGroup var options: BenchmarkOptions

    @Option(
        help: ArgumentHelp(
            "Write the first measured network, eight images and their scores in inference as a model, for comparing other engines.",
            discussion:
                "The images are the tensor “images” [batch × height × width × 1], the scores are “scores”.",
            valueName: "file"))
    var record: String?

    @Option(help: "How to print: text for people, json for programs.")
    var format = Format.text

    func run() throws {
        let subject = try BenchmarkSubject(options)
        if let record { try subject.record(to: record) }
        var report = BenchmarkReport(of: subject)
        if format == .text { try StandardOutput.printLine(report.heading) }
        for load in options.loads {
            let result = try subject.measure(load, against: report.peak)
            report.append(result, of: load.phase)
            if format == .text { try StandardOutput.printLine(result.text) }
        }
        try StandardOutput.printLine(
            format == .text ? report.summary : try JSONText.encoder(isIndented: true).encodedText(report))
    }
}
