/// Makes labelled images when they are wanted, by number: 0, 1, …
///
/// The image of a number never changes, so that a training can be repeated and gone on with, and numbers are never
/// used twice, so that it sees each image once.
public protocol MadeSamples: Sendable {
    /// All settings as text: others make other images.
    var settings: String { get }

    /// The symbols that labels can have; nil where any can come.
    var symbols: String? { get }

    /// Tells that the image of this number will be taken soon, so that it can be made while others are learnt
    /// from. Never waits.
    func request(_ number: Int)

    /// The image of this number, 0 or more; waits for it.
    ///
    /// - Throws: Where no images can be made any more, which ends the training.
    func sample(at number: Int) throws -> MadeSample
}

/// An image that was made, and what it says.
public struct MadeSample: Sendable, Equatable {
    /// The text that the image shows.
    public let label: String
    /// The encoded image (PNG, JPEG).
    public let bytes: [UInt8]

    /// An image with its text.
    public init(label: String, bytes: [UInt8]) { (self.label, self.bytes) = (label, bytes) }

    /// Lends image and label to `body`; the pointer is valid during the call only.
    func lend<Result>(_ body: (UnsafeRawBufferPointer, String) throws -> Result) throws -> Result {
        try unsafe bytes.withUnsafeBytes { try unsafe body($0, label) }
    }
}

/// Which images a training makes for itself, and how many.
public struct MadeImages: Sendable, Hashable, Codable {
    /// What decides their looks and texts: the path of a configuration, or the name of a preset.
    public var source: String
    /// Another seed makes other images.
    public var seed: UInt64 = 1
    /// Their share of all images to learn from, above 0 and below 1; 1 where there are no data sets.
    public var share = 1.0
    /// How many make an epoch where there are no data sets.
    public var epochCount = 10_000
    /// How many are kept to validate on where nothing else is there for it.
    public var heldBackCount = 500

    /// Images of `source` alone.
    public init(_ source: String) { self.source = source }

    /// How many an epoch has beside `stored` images of data sets.
    func count(beside stored: Int) -> Int {
        guard share < 1 else { return epochCount }
        return stored == 0 ? 0 : max(1, Int((Double(stored) * share / (1 - share)).rounded()))
    }
}
