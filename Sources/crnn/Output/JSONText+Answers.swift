import Files
import Foundation

extension JSONText {
    /// An encoder for answers and scores: infinities and NaN, which JSON lacks, become strings.
    static func answerEncoder(isIndented: Bool = false) -> JSONEncoder {
        let encoder = encoder(isIndented: isIndented)
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }
}
