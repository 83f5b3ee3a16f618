import ArgumentParser
import CommandSupport
import Files
import Imaging
import Recognition

/// Counts of the files that `crnn predict` read, failed to read and skipped.
struct PredictTally {
    private var answers = 0
    private var failures = 0
    private var skipped = 0
    /// Answers for images that are not one line of text.
    private var unlikely = 0
    /// The folders that the user named, and the number of images in each.
    private var folders: [(path: String, images: Int)] = []

    /// Counts one file, or begins to count the files of a folder.
    mutating func count(_ examined: ExaminedFile, _ result: Result<Transcript, any Error>) {
        let file = examined.file
        switch result {
        case .failure(is SearchedFolder): return folders.append((file.path, 0))
        case .failure(is NoImage): return skipped += 1
        case .success:
            answers += 1
            if examined.defect != nil { unlikely += 1 }
        case .failure: failures += 1
        }
        if !file.isNamed, !folders.isEmpty { folders[folders.count - 1].images += 1 }
    }

    /// Reports the skipped files and folders without images. Throws if a file could not be read or is not one line of text,
    /// or if a folder or all paths have no image.
    func conclude(_ paths: [String]) throws {
        if skipped > 0 {
            StandardError.printLine(
                "files skipped because they are not \(ImageFormat.names) images: \(skipped)")
        }
        guard answers + failures > 0 else {
            throw CommandError(
                "no images in \(paths.joined(separator: ", ").printable); give \(ImageFormat.names) files")
        }
        let empty = folders.filter { $0.images == 0 }
        for folder in empty { StandardError.printLine("\(folder.path.printable): no images in this folder") }
        if failures > 0, answers + failures > 1 {
            StandardError.printLine("images that could not be read: \(failures) of \(answers + failures)")
        }
        if unlikely > 0, answers + failures > 1 {
            StandardError.printLine(
                "images that are not one line of text: \(unlikely) of \(answers + failures)")
        }
        if failures + unlikely > 0 || !empty.isEmpty { throw ExitCode.failure }
    }
}
