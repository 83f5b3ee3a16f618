public import Foundation

/// Writes files into a staging folder. They reach the disk when the folder is finished with `syncsFiles`, all at once.
public enum StagedFile {
    /// Writes a new file, or replaces the one at `path`, without waiting for the disk.
    public static func write(_ data: Data, to path: String) throws(FileError) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .last(path, cannotBe: "written") }
        defer { close(descriptor) }
        var rest = data[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .last(path, cannotBe: "written") }
            rest = rest.dropFirst(count)
        }
    }
}
