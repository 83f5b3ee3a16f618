internal import CFiles
internal import Foundation

/// The operations on folders that staging needs.
struct Folder {
    let path: String

    init(_ path: String) { self.path = path }

    /// Whether anything is at the path.
    var exists: Bool { unsafe access(path, F_OK) == 0 }

    /// The names in the folder; the path itself if it is not a folder.
    var contents: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [path] }

    /// Whether the path is a folder without content.
    var isEmpty: Bool { (try? FileManager.default.contentsOfDirectory(atPath: path))?.isEmpty == true }

    /// The parent folder.
    var parent: String {
        let parent = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        return parent.isEmpty ? "." : parent
    }

    /// Makes the folder, and its parents if they are missing.
    func make() throws(StagingError) {
        do throws(FileError) {
            try FileError.naming(path, cannotBe: "created") {
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

    /// Renames the folder to `target`. What is there is replaced in the same step if the file system can do that; it is
    /// then removed under the name `former`.
    func replace(_ target: String, movingItTo former: String) throws(StagingError) {
        guard Folder(target).exists else {
            try rename(to: target)
            return Folder(Folder(target).parent).syncNames()
        }
        if unsafe CFilesExchange(path, target) == 0 {
            try rename(to: former)
        } else {
            try Folder(target).rename(to: former)
            do throws(StagingError) { try rename(to: target) } catch {
                try Folder(former).rename(to: target)
                throw error
            }
        }
        Folder(Folder(target).parent).syncNames()
        Folder(former).remove()
    }

    /// Writes the folder's list of names to the disk, and the content of all files if `withFiles`.
    func sync(withFiles: Bool) throws(StagingError) {
        guard withFiles else { return syncNames() }
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(.last(path, cannotBe: "written")) }
        defer { close(descriptor) }
        guard CFilesSync(descriptor) == 0 else { throw .file(.last(path, cannotBe: "written")) }
    }

    /// Writes the folder's list of names to the disk, as far as the file system can.
    private func syncNames() {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
