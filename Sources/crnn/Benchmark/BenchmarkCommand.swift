import ArgumentParser
import CommandSupport
import Files
import Recognition

/// `crnn benchmark`: measures the speed of training and inference, and compares it with the peak of the machine.
struct BenchmarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Measure the speed of training and inference on this machine, layer by layer.",
        discussion: """
            The network is that of the CRNN paper with 37 classes and random weights, or that of --model. Its input is \
            in memory: no files are read or decoded. A training step consists of forward pass, CTC loss, backward pass, \
            gradient norm and Adam update; inference ends with the scores.

                peak      the highest rate of a large matrix product with oneDNN; “–” if
                          the processor lacks the instructions
                layer     a convolution with its normalization and pooling, a bidirectional
                          LSTM, or the classifier
                share     the layer's time / the sum of all layers' times, each timed alone
                bound     the time that the network's operations take at the peak rate
                of bound  bound / measured time: 1.00 is the limit of the machine

            Operations are the multiplications and additions of direct convolution. Winograd convolution needs fewer, \
            so that the rate of a layer can exceed the peak, and “of bound” can exceed 1.

            Times are medians; the first run, which compiles kernels, is excluded. JSON contains `machine`, `peak`, \
            `network`, `layers`, `training` and `inference`. The last two are arrays of {precision, batch, height, \
            width, threads, imagesPerSecond, milliseconds, processorMilliseconds, boundFraction, peakMebibytes}; \
            peakMebibytes, the peak memory of the process, is measured in training only.

            Examples:

                crnn benchmark
                crnn benchmark --phase inference --batch 1 --model run/best.safetensors
                crnn benchmark --batch 8 --width 32 320 --no-layers --format json
            """)

    /// The output format.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @OptionGroup var options: BenchmarkOptions

    @Option(
        help: ArgumentHelp(
            "Write a model file with the measured network, eight images and their scores, for comparison with other "
                + "engines.",
            discussion:
                "The images are the tensor “images” [batch × height × width × 1], the scores are “scores”.",
            valueName: "file"))
    var record: String?

    @Option(help: "The output format: text or json.")
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
