public import Foundation

/// A folder that lives as long as this object.
public final class TemporaryFolder: Sendable {
    /// The folder's location.
    public let url: URL

    /// Makes an empty folder of a unique name.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "crnn-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of `name` inside the folder.
    public func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }
}
