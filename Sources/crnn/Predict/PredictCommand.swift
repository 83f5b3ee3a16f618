import ArgumentParser
import CommandSupport
import Files
import Imaging
import Recognition

/// `crnn predict`: reads the text in images.
struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Read the text in images.",
        discussion: """
            Without --model, the default model is used. It reads printed words and lines, 15 to 120 pixels high, in \
            English and other western European languages.

            A PATH is an image (\(ImageFormat.names)), a folder, or - for one image on standard input. Answers are \
            printed as soon as they are available, in the order of the paths; within a folder, by name.

            \(SearchRule.images)

            Images are turned upright as their Exif orientation says. Of a file with several pages, the first is read.

            Formats:

                text  only the text for a single image, otherwise `path: text`
                tsv   path, text, confidence; tab, line feed, carriage return and
                      backslash in a field are written as \\t, \\n, \\r and \\\\,
                      other control characters as \\u{1B}, and bytes of paths that
                      are not UTF-8 as \\xFC
                json  one object per line: path, text, confidence and symbols; each
                      symbol has a text, a confidence and x, its range in pixels;
                      and warning if the image is probably not one line of text

            The confidence of a text is the probability, from 0 to 1, that the model assigns to exactly this text. \
            The confidence of a symbol is its highest probability in any of its frames.

            If a file cannot be read, its path and the reason are printed on standard error, the other files are \
            still read, and the exit code is 1. So it is if an image is not one line of text, such as a whole page; its \
            answer is printed nevertheless.

            Examples:

                crnn predict line.png
                crnn predict --model run/best.safetensors word.png
                crnn predict --model run/best.safetensors --format tsv scans/ > answers.tsv
                curl -s https://example.org/word.png | crnn predict -
            """)

    @OptionGroup var options: ModelOptions

    @Option(help: "The output format: text, tsv or json.")
    var format: PredictFormat = .text

    @Argument(help: "Images, folders, or - for standard input.")
    var paths: [String]

    func run() throws {
        let first = ImageFile(path: paths[0], isNamed: true)
        let readsOneImage = paths.count == 1 && !first.isFolder
        let recognizer = try options.recognizer(readsOneImage: readsOneImage)
        var tally = PredictTally()
        let transcripts = recognizer.read(ImageFileSearch(paths), workers: options.workers) { file in
            file.image()
        }
        for (file, result) in transcripts {
            tally.count(file, result)
            if case .success(let transcript) = result {
                try StandardOutput.printLine(
                    try format.line(file, transcript, showsPath: !readsOneImage))
            }
            for message in Self.messages(file, result) { StandardError.printLine(message) }
        }
        try tally.conclude(paths)
    }

    /// What is said about a file on standard error.
    private static func messages(_ file: ExaminedFile, _ result: Result<Transcript, any Error>) -> [String] {
        let path = file.file.path.printable
        return switch result {
        case .success: [file.omission, file.defect].compactMap { $0 }.map { "\(path): \($0)" }
        case .failure(is NoImage), .failure(is SearchedFolder): []
        case .failure(let error as FileError): ["\(error)"]
        case .failure(let error): ["\(path): \(error)"]
        }
    }
}
