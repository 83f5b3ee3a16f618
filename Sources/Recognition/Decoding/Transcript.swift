/// What was read in one image.
public struct Transcript: Sendable, Hashable {
    /// The text.
    public var text: String
    /// The model's probability of exactly this text, summed over all alignments: exp(−CTC loss), from 0 to 1.
    public var confidence: Float
    /// The text's symbols from left to right.
    public var symbols: [Symbol]

    /// One symbol of a text.
    public struct Symbol: Sendable, Hashable {
        /// The symbol.
        public var text: String
        /// The greatest probability that the symbol has in one of its frames, from 0 to 1.
        public var confidence: Float
        /// The frames in which it is the likeliest class.
        public var frames: Range<Int>
        /// The horizontal range in pixels of the original image that these frames stand for.
        public var span: Range<Float>

        /// Groups what is known of a symbol.
        public init(text: String, confidence: Float, frames: Range<Int>, span: Range<Float> = 0..<0) {
            self.text = text
            self.confidence = confidence
            self.frames = frames
            self.span = span
        }
    }

    /// Groups what is known of a text.
    public init(text: String, confidence: Float, symbols: [Symbol]) {
        self.text = text
        self.confidence = confidence
        self.symbols = symbols
    }
}
