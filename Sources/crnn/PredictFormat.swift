import ArgumentParser
import Files
import Foundation
import Recognition

/// How answers are printed.
enum PredictFormat: String, ExpressibleByArgument, CaseIterable {
    case text, tsv, json

    /// One line for one image.
    ///
    /// - Parameter isAlone: Whether it is the only image, so that its path goes without saying.
    func line(path: String, _ transcript: Transcript, isAlone: Bool) throws -> String {
        switch self {
        case .text: isAlone ? transcript.text : "\(path): \(transcript.text)"
        case .tsv: TSV.line([path, transcript.text, "\(transcript.confidence)"])
        case .json: try JSONText.answerEncoder().encodedText(Prediction(path: path, transcript))
        }
    }
}

/// Tab-separated values.
enum TSV {
    /// A line of fields, in which backslash, tab, line feed and carriage return become `\\`, `\t`, `\n` and `\r`.
    static func line(_ fields: [String]) -> String { fields.map(escaped).joined(separator: "\t") }

    private static func escaped(_ field: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in field.unicodeScalars {
            switch scalar {
            case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
            case "\t": result.append(contentsOf: "\\t".unicodeScalars)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\r": result.append(contentsOf: "\\r".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}

extension JSONText {
    /// What encodes answers and scores: numbers that JSON lacks become texts.
    static func answerEncoder(isIndented: Bool = false) -> JSONEncoder {
        let encoder = encoder(isIndented: isIndented)
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }
}

/// An answer as it stands in JSON.
private struct Prediction: Encodable {
    let path: String
    let text: String
    let confidence: Float
    let symbols: [Symbol]

    struct Symbol: Encodable {
        let text: String
        let confidence: Float
        let x: [Float]
    }

    init(path: String, _ transcript: Transcript) {
        (self.path, text, confidence) = (path, transcript.text, transcript.confidence)
        symbols = transcript.symbols.map {
            Symbol(text: $0.text, confidence: $0.confidence, x: [$0.span.lowerBound, $0.span.upperBound])
        }
    }
}
