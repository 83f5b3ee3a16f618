import ArgumentParser
import Files
import Recognition

/// How answers are printed.
enum PredictFormat: String, ExpressibleByArgument, CaseIterable {
    case text, tsv, json

    /// The line for one image.
    ///
    /// - Parameter showsPath: Whether the text format begins with the path; the others always contain it.
    func line(_ file: ExaminedFile, _ transcript: Transcript, showsPath: Bool) throws -> String {
        let path = file.file.path
        return switch self {
        case .text: showsPath ? "\(path.printable): \(transcript.text.printable)" : transcript.text.printable
        case .tsv: TSV.line([path, transcript.text, "\(transcript.confidence)"])
        case .json:
            try JSONText.answerEncoder().encodedText(
                Prediction(path: FileName.readable(path), transcript, warning: file.defect))
        }
    }
}
