internal import Foundation

extension DatasetVerifier {
    /// The numbers of samples in a cleaned copy.
    public struct Cleaning: Sendable, Equatable {
        /// Samples that were copied.
        public internal(set) var kept = 0
        /// Copied samples whose label was repaired.
        public internal(set) var repaired = 0
        /// Samples that were left out.
        public internal(set) var leftOut = 0
    }

    /// Copies the usable samples, with repaired labels, to another data set.
    ///
    /// A label is changed only if it has a repairable problem that is not ignored.
    ///
    /// - Parameters:
    ///   - verification: The result of this verifier.
    ///   - writer: The data set to write to.
    ///   - position: The number of samples processed; commits have it as a note. Samples up to it are counted, but not
    ///     written again.
    ///   - progress: Called after each sample with the number of samples processed.
    public func writeCleaned(
        _ verification: DatasetVerification, to writer: inout DatasetWriter,
        from position: inout CopyPosition,
        progress: (Int) -> Void = { _ in }
    ) throws -> Cleaning {
        var cleaning = Cleaning()
        for (number, index) in indices.enumerated() {
            defer { progress(number + 1) }
            let isWritten = number < position.taken
            if !isWritten { position.taken += 1 }
            guard !verification.unusable.contains(index) else {
                cleaning.leftOut += 1
                continue
            }
            let sample = try dataset[index]
            let label = cleaned(sample.label)
            cleaning.kept += 1
            if !label.utf8.elementsEqual(sample.label.utf8) { cleaning.repaired += 1 }
            if isWritten { continue }
            try writer.append(image: sample.bytes, label: label, lexicon: try dataset.lexicon(index))
            try writer.commitIfDue(at: position)
        }
        return cleaning
    }

    /// The label, repaired if it has a repairable problem that is not ignored.
    private func cleaned(_ label: String) -> String {
        let isDefective = LabelDefects(of: label).findings.contains {
            $0.kind.isRepairable && !options.ignored.contains($0.kind)
        }
        return isDefective ? LabelDefects.repaired(label) : label
    }
}
