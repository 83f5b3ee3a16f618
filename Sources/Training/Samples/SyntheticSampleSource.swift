/// A source of synthetic labelled images, numbered from 0.
///
/// A number always gives the same image, so that a training can be repeated and resumed. A training uses no number
/// twice, so that it sees each image once.
public protocol SyntheticSampleSource: Sendable {
    /// All settings as text; other settings give other images.
    var settings: String { get }

    /// The symbols that labels can have; nil if any symbol can occur.
    var symbols: String? { get }

    /// Requests an image that will be taken soon, so that it is drawn while the network trains. Never waits.
    func request(_ number: Int)

    /// The image of a number, 0 or more; waits for it.
    ///
    /// - Throws: If no more images can be drawn, which ends the training.
    func sample(at number: Int) throws -> SyntheticSample
}
