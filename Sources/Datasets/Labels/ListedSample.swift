/// One entry of a list or a folder: a sample, or the reason why there is none.
public enum ListedSample: Sendable, Equatable {
    /// An image with its text.
    case sample(Entry)
    /// An entry that cannot be used, the reason, and what may help; nil if that is not known.
    case refused(place: String, reason: String, hint: Hint? = nil)

    /// What may help against a refusal.
    public enum Hint: Sendable {
        /// To quote the text, or to let it take the rest of its line; see ``LabelFormat/textTakesRest``.
        case restOfLine
    }

    /// An image with its text.
    public struct Entry: Sendable, Equatable {
        /// The place of the entry: `labels.tsv:3`, or the path of the image.
        public let place: String
        /// The path of the image as written in the list.
        public let path: String
        /// The text.
        public let label: String
        /// The lexicon: words, separated by spaces, one of which is the text; nil if there is none.
        public let lexicon: String?

        /// Creates an entry of the given parts.
        public init(place: String, path: String, label: String, lexicon: String? = nil) {
            (self.place, self.path, self.label, self.lexicon) = (place, path, label, lexicon)
        }
    }
}
