import Recognition

/// An answer of `crnn predict` in JSON.
struct Prediction: Encodable {
    let path: String
    let text: String
    let confidence: Float
    let symbols: [Symbol]
    /// Why the answer is probably wrong; nil if the image looks like one line of text.
    let warning: String?

    struct Symbol: Encodable {
        let text: String
        let confidence: Float
        let x: [Float]
    }

    init(path: String, _ transcript: Transcript, warning: String?) {
        self.warning = warning
        (self.path, text, confidence) = (path, transcript.text, transcript.confidence)
        symbols = transcript.symbols.map {
            Symbol(text: $0.text, confidence: $0.confidence, x: [$0.span.lowerBound, $0.span.upperBound])
        }
    }
}
