/// The text that was read in one image.
public struct Transcript: Sendable, Hashable {
    /// The text.
    public var text: String
    /// The model's probability of exactly this text, summed over all alignments: exp(−CTC loss), from 0 to 1.
    public var confidence: Float
    /// The symbols of the text in reading order.
    public var symbols: [Symbol]

    /// One symbol of a text.
    public struct Symbol: Sendable, Hashable {
        /// The symbol.
        public var text: String
        /// The greatest probability of the symbol in any of its frames, from 0 to 1.
        public var confidence: Float
        /// The consecutive frames in which the symbol is the most probable class.
        public var frames: Range<Int>
        /// The horizontal range of the original image, in pixels, that the frames cover.
        public var span: Range<Float>

        /// Creates a symbol of a transcript.
        public init(text: String, confidence: Float, frames: Range<Int>, span: Range<Float> = 0..<0) {
            self.text = text
            self.confidence = confidence
            self.frames = frames
            self.span = span
        }
    }

    /// Creates a transcript.
    public init(text: String, confidence: Float, symbols: [Symbol]) {
        self.text = text
        self.confidence = confidence
        self.symbols = symbols
    }
}
