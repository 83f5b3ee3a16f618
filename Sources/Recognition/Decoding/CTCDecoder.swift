public import Tensors

/// Decodes the scores of a network into texts.
///
/// To add a decoder, conform to this protocol and set ``Recognizer/decoder``; `Neural.CTCScores` offers best paths and
/// beam search.
public protocol CTCDecoder: Sendable {
    /// One transcript per sample of scores `[batch × frames × classes]` before softmax.
    ///
    /// Spans are left empty, as the decoder does not know the image.
    func decode(_ scores: Tensor, _ alphabet: Alphabet) -> [Transcript]
}
