public import Foundation

extension FileHandle {
    /// Opens the file at `path` for reading, whatever the encoding of its name; see ``FileName``.
    public static func reading(_ path: String) throws(FileError) -> FileHandle {
        let descriptor = unsafe withFileSystemPath(path) { path in unsafe open(path, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw .last(path, cannotBe: "read") }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }
}
