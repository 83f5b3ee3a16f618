internal import Foundation

/// What is done with folders while a data set is built; errors carry the operating system's reason.
struct Folder {
    let path: String

    init(_ path: String) { self.path = path }

    /// Whether anything is at the path.
    var exists: Bool { unsafe access(path, F_OK) == 0 }

    /// The names in the folder.
    var contents: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [path] }

    /// The folder in which this one lies.
    var parent: String {
        let parent = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        return parent.isEmpty ? "." : parent
    }

    /// Makes the folder and its parents where they are missing.
    func make() throws(DatasetError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw .system(action: "make the folder", path: path, reason: error.localizedDescription)
        }
    }

    func rename(to destination: String) throws(DatasetError) {
        guard unsafe Foundation.rename(path, destination) == 0 else {
            throw failure("rename to \(destination) the folder")
        }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Brings the folder's list of names to the disk.
    func sync() {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// The error of the last call to the operating system.
    func failure(_ action: String) -> DatasetError {
        .system(action: action, path: path, reason: unsafe String(cString: strerror(errno)))
    }
}
