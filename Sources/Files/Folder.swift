internal import Foundation

/// The operations on folders that staging needs.
struct Folder {
    let path: String

    init(_ path: String) { self.path = path }

    /// Whether anything is at the path.
    var exists: Bool { unsafe access(path, F_OK) == 0 }

    /// The names in the folder; the path itself if it is not a folder.
    var contents: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [path] }

    /// The parent folder.
    var parent: String {
        let parent = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        return parent.isEmpty ? "." : parent
    }

    /// Makes the folder, and its parents if they are missing.
    func make() throws(StagingError) {
        do throws(FileError) {
            try FileError.naming(path, cannotBe: "made") {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            }
        } catch { throw .file(error) }
    }

    /// Renames the folder.
    func rename(to destination: String) throws(StagingError) {
        guard unsafe Foundation.rename(path, destination) == 0 else {
            throw .file(.last(path, cannotBe: "renamed to \(destination)"))
        }
    }

    /// Removes the file or folder, if it is there.
    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Writes the folder's list of names to the disk.
    func sync() {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
