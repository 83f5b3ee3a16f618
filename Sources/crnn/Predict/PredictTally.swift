import ArgumentParser
import CommandSupport
import Imaging
import Recognition

/// Counts of the files that `crnn predict` read, failed to read and skipped.
struct PredictTally {
    private var answers = 0
    private var failures = 0
    private var skipped = 0

    /// Counts one file.
    mutating func count(_ result: Result<Transcript, any Error>) {
        switch result {
        case .success: answers += 1
        case .failure(is NoImage): skipped += 1
        case .failure: failures += 1
        }
    }

    /// Reports the skipped files. Throws if a file could not be read, or if there was no image.
    func conclude(_ paths: [String]) throws {
        if skipped > 0 {
            StandardError.printLine(
                "files skipped because they are not \(ImageFormat.names) images: \(skipped)")
        }
        if failures > 0 { throw ExitCode.failure }
        if answers == 0 {
            throw CommandError(
                "no images in \(paths.joined(separator: ", ")); give \(ImageFormat.names) files")
        }
    }
}
