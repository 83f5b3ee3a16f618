import ArgumentParser
import Files
import Recognition
import Training

/// `crnn predict`: from images to texts.
struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Read the text in images.",
        discussion: """
            Without --model, the model that is part of the program reads: printed words and lines in English and \
            western European languages, 15 to 120 pixels high.

            A PATH is an image (PNG or JPEG), a folder that is searched with its subfolders, or - for one image on \
            standard input. In folders, files that do not begin like a PNG or JPEG are left out, whatever their \
            names. Answers are written in the order of the paths, by name within a folder, as they become ready.

            Formats:

                text  the text alone for a single image, else `path: text`
                tsv   path, text, confidence; tab, line feed, carriage return and backslash in a field are
                      written as \\t, \\n, \\r and \\\\
                json  one object a line: path, text, confidence, and symbols, each with its text, its
                      confidence and x, the range in pixels of the image in which it stands

            The confidence of a text is the model's probability of exactly this text, from 0 to 1; that of a symbol \
            is the greatest probability that it has in one of its frames.

            A file that cannot be read is named on standard error with the reason, the others are still read, and \
            the exit code is then 1.

            Examples:

                crnn predict line.png
                crnn predict --model run/best.safetensors word.png
                crnn predict --model run/best.safetensors --format tsv scans/ > answers.tsv
                curl -s https://example.org/word.png | crnn predict --model run/best.safetensors -
            """)

    @OptionGroup var options: ModelOptions

    @Option(help: "How to print the answers: text, tsv or json.")
    var format: PredictFormat = .text

    @Argument(help: "Images, folders, or - for standard input.")
    var paths: [String]

    func run() throws {
        let reader = BulkReader(try options.recognizer(), workers: options.workers)
        let search = PredictSearch(paths)
        let first = ImageFile(path: paths[0], isNamed: true)
        let isAlone = paths.count == 1 && !first.isFolder
        var tally = Tally()
        let next: @Sendable () -> BulkReader.Loading<ImageFile>? = {
            guard let file = search.next() else { return nil }
            return { (file, file.image()) }
        }
        try reader.read(next) { file, result in
            tally.count(result)
            switch result {
            case .success(let transcript):
                try StandardOutput.printLine(
                    try format.line(path: file.path, transcript, isAlone: isAlone))
            case .failure(is NoImage): break
            case .failure(let error as FileError): StandardError.printLine("\(error)")
            case .failure(let error): StandardError.printLine("\(file.path): \(error)")
            }
        }
        try tally.conclude(paths)
    }
}

/// What came of the files.
private struct Tally {
    private var answers = 0
    private var failures = 0
    private var others = 0

    mutating func count(_ result: Result<Transcript, any Error>) {
        switch result {
        case .success: answers += 1
        case .failure(is NoImage): others += 1
        case .failure: failures += 1
        }
    }

    /// Says what was left out; throws where something is wrong.
    func conclude(_ paths: [String]) throws {
        if others > 0 {
            StandardError.printLine("files left out as neither PNG nor JPEG: \(others)")
        }
        if failures > 0 { throw ExitCode.failure }
        if answers == 0 {
            throw CommandError("no image in \(paths.joined(separator: ", ")): name PNG or JPEG files")
        }
    }
}
