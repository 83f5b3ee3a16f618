/// What a list or a folder says of one sample.
public enum ListedSample: Sendable, Equatable {
    /// An image with its text.
    case sample(Entry)
    /// What cannot be used, and why.
    case refused(place: String, reason: String)

    /// An image with its text.
    public struct Entry: Sendable, Equatable {
        /// Where it says so: `labels.tsv:3`, or the image's own path.
        public let place: String
        /// The path of the image as it is written.
        public let path: String
        /// The text.
        public let label: String
        /// The words among which the text is known to be, parted by spaces; nil where there are none.
        public let lexicon: String?

        /// An image with its text.
        public init(place: String, path: String, label: String, lexicon: String? = nil) {
            (self.place, self.path, self.label, self.lexicon) = (place, path, label, lexicon)
        }
    }
}
