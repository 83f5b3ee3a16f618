public import Foundation

/// A folder that is removed with this object.
public final class TemporaryFolder: Sendable {
    /// The folder's location.
    public let url: URL

    /// Creates an empty folder with a unique name.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "crnn-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    /// Creates the symbolic link `name` to `destination` and returns its path.
    @discardableResult
    public func link(_ name: String, to destination: String) throws -> String {
        try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: destination)
        return path(name)
    }

    /// Creates the named pipe `name` and returns its path.
    public func pipe(_ name: String) throws -> String {
        guard mkfifo(path(name), 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
        return path(name)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of `name` inside the folder.
    public func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }
}
