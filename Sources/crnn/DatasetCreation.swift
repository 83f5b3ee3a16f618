import Datasets
import Foundation
import Imaging
import Recognition

/// The work of `crnn dataset create`: images are read and checked on all processors and written in their order.
struct DatasetCreation {
    /// The samples to take.
    let list: LabelList
    /// The folder below which the images lie.
    let images: String
    /// The path of the list.
    let labels: String
    /// The lines that could not be taken.
    private(set) var failures = 0

    /// Samples that are in memory at once.
    private static let chunk = 256

    init(list: LabelList, images: String, labels: String) {
        (self.list, self.images, self.labels) = (list, images, labels)
    }

    /// Names a line that could not be taken.
    mutating func report(line: Int, reason: String, above progress: ProgressLine? = nil) {
        failures += 1
        let message = "\(labels):\(line): \(reason)"
        if let progress { progress.printLine(message) } else { StandardError.printLine(message) }
    }

    /// Writes all samples that can be taken and reports the others.
    mutating func write(to writer: inout DatasetWriter) async throws {
        var progress = ProgressLine(total: list.entries.count, label: "storing images")
        for start in stride(from: 0, to: list.entries.count, by: Self.chunk) {
            let entries = list.entries[start..<min(start + Self.chunk, list.entries.count)]
            for (entry, image) in zip(entries, await checkedImages(of: entries)) {
                switch image {
                case .success(let bytes): try writer.append(image: bytes, label: entry.text)
                case .failure(let failure): report(line: entry.line, reason: failure.reason, above: progress)
                }
            }
            progress.update(completed: start + entries.count)
        }
        progress.finish()
    }

    /// The encoded images of `entries`, in their order, each decoded once.
    private func checkedImages(of entries: ArraySlice<LabelList.Entry>) async -> [Result<[UInt8], Refusal>] {
        let folders = [images, URL(filePath: labels).deletingLastPathComponent().path(percentEncoded: false)]
        return await withTaskGroup(of: (Int, Result<[UInt8], Refusal>).self) { group in
            for (index, entry) in entries.enumerated() {
                group.addTask { (index, Self.checkedImage(entry.path, in: folders)) }
            }
            var results = [Result<[UInt8], Refusal>](repeating: .success([]), count: entries.count)
            for await (index, result) in group { results[index] = result }
            return results
        }
    }

    /// The bytes at `path` below the first of `folders` that has it.
    private static func checkedImage(_ path: String, in folders: [String]) -> Result<[UInt8], Refusal> {
        let candidates = path.hasPrefix("/") ? [path] : folders.map { $0 + "/" + path }
        guard let file = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            return .failure(Refusal(reason: "\(path): there is no such file below \(folders[0])"))
        }
        do {
            let image = ImageFile(path: file, isNamed: true)
            guard image.isRegular else { throw CommandError("a folder or device; name the file of an image") }
            let bytes = Array(try image.bytes())
            _ = try Image(decoding: bytes)
            return .success(bytes)
        } catch {
            return .failure(Refusal(reason: "\(path): \((error as? FileError)?.reason ?? "\(error)")"))
        }
    }
}

/// Why a sample was not taken.
private struct Refusal: Error {
    let reason: String
}
