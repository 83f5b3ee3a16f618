import Files

/// Why a sample was not added.
struct Refusal: Error {
    let reason: String
    /// Whether there is no file at all.
    var isMissing = false

    init(reason: String) { self.reason = reason }

    /// There is no file at any of the `candidates`, or none can be reached; `folder` is where it was expected.
    init(missing candidates: [String], in folder: String) {
        let failure = candidates.lazy.compactMap(FileError.init(reaching:)).first
        reason = failure.map { "\($0.reason)" } ?? "there is no such file in \(folder.printable)"
        isMissing = failure == nil
    }
}
