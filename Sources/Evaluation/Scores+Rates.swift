extension Scores {
    /// The measures of a data set. A measure is nil, and null in JSON, if nothing was compared for it.
    public struct Rates: Sendable, Hashable, Codable {
        /// The share of samples whose transcript equals the label, from 0 to 1.
        public let exact: Double?
        /// The share of samples whose transcript equals the label after both are lower-cased and reduced to a–z and
        /// 0–9, from 0 to 1: the protocol of the scene-text benchmarks. Samples without any of these characters are
        /// left out.
        public let alphanumeric: Double?
        /// Character error rate: the sum of all edit distances, divided by the sum of all label lengths. 0 is best;
        /// insertions can raise it above 1.
        public let cer: Double?
        /// Word error rate: as the character error rate, over words separated by white space.
        public let wer: Double?
        /// 1 − normalized edit distance: the mean over samples of 1 − distance / length of the longer text, from 0
        /// to 1. Two empty texts agree fully.
        public let ned: Double?

        /// Creates the measures of one data set.
        public init(exact: Double?, alphanumeric: Double?, cer: Double?, wer: Double?, ned: Double?) {
            self.exact = exact
            self.alphanumeric = alphanumeric
            self.cer = cer
            self.wer = wer
            self.ned = ned
        }

        /// Writes all measures, also those that are nil.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(exact, forKey: .exact)
            try container.encode(alphanumeric, forKey: .alphanumeric)
            try container.encode(cer, forKey: .cer)
            try container.encode(wer, forKey: .wer)
            try container.encode(ned, forKey: .ned)
        }

        private enum CodingKeys: String, CodingKey { case exact, alphanumeric, cer, wer, ned }
    }
}
