import ArgumentParser
import Files
import Recognition

/// How answers are printed.
enum PredictFormat: String, ExpressibleByArgument, CaseIterable {
    case text, tsv, json

    /// The line for one image.
    ///
    /// - Parameter isAlone: Whether there is only one image, so that the text format leaves out its path.
    func line(path: String, _ transcript: Transcript, isAlone: Bool) throws -> String {
        switch self {
        case .text: isAlone ? transcript.text : "\(path): \(transcript.text)"
        case .tsv: TSV.line([path, transcript.text, "\(transcript.confidence)"])
        case .json: try JSONText.answerEncoder().encodedText(Prediction(path: path, transcript))
        }
    }
}
