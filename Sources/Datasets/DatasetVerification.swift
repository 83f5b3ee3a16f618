/// What came of verifying a data set.
public struct DatasetVerification: Sendable {
    /// The number of samples that were examined.
    public let samples: Int
    /// What the set says of its content; nil where it says nothing.
    public let declared: DatasetChecksum?
    /// What its content gives.
    public internal(set) var checksum = DatasetChecksum()
    /// How many problems of each kind were found.
    public internal(set) var counts: [DatasetProblem.Kind: Int] = [:]
    /// The samples that cannot be used, even with their label put right.
    public internal(set) var unusable: Set<Int> = []

    /// The number of problems.
    public var problems: Int { counts.values.reduce(0, +) }

    init(samples: Int, declared: DatasetChecksum?) { (self.samples, self.declared) = (samples, declared) }
}

extension DatasetVerifier {
    /// What came of a cleaned copy.
    public struct Cleaning: Sendable, Equatable {
        /// Samples that were taken over.
        public internal(set) var kept = 0
        /// Samples among them whose label was put right.
        public internal(set) var repaired = 0
        /// Samples that were left out.
        public internal(set) var leftOut = 0
    }

    /// Writes the samples that can be used, their labels put right, into another set.
    ///
    /// Labels are changed only where a problem that was looked for is repaired by it.
    ///
    /// - Parameters:
    ///   - verification: What this verifier found.
    ///   - writer: The set to write to.
    ///   - progress: Told how many samples were looked at.
    public func writeCleaned(
        _ verification: DatasetVerification, to writer: inout DatasetWriter,
        progress: (Int) -> Void = { _ in }
    ) throws -> Cleaning {
        var cleaning = Cleaning()
        for index in 0..<samples {
            defer { progress(index + 1) }
            guard !verification.unusable.contains(index) else {
                cleaning.leftOut += 1
                continue
            }
            let sample = try dataset[index]
            let label = cleaned(sample.label)
            try writer.append(image: sample.bytes, label: label, lexicon: try dataset.lexicon(index))
            cleaning.kept += 1
            if !label.utf8.elementsEqual(sample.label.utf8) { cleaning.repaired += 1 }
        }
        return cleaning
    }

    /// The label put right where something repairable is wrong with it that is not ignored.
    private func cleaned(_ label: String) -> String {
        let isDefective = LabelDefects(of: label).findings.contains {
            $0.kind.isRepairable && !options.ignored.contains($0.kind)
        }
        return isDefective ? LabelDefects.repaired(label) : label
    }
}
