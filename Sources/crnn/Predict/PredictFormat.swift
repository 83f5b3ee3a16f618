import ArgumentParser
import Files
import Recognition

/// How answers are printed.
enum PredictFormat: String, ExpressibleByArgument, CaseIterable {
    case text, tsv, json

    /// The line for one image.
    ///
    /// - Parameter showsPath: Whether the text format begins with the path; the others always contain it.
    func line(path: String, _ transcript: Transcript, showsPath: Bool) throws -> String {
        switch self {
        case .text: showsPath ? "\(path.printable): \(transcript.text.printable)" : transcript.text
        case .tsv: TSV.line([path, transcript.text, "\(transcript.confidence)"])
        case .json: try JSONText.answerEncoder().encodedText(Prediction(path: FileName.readable(path), transcript))
        }
    }
}
