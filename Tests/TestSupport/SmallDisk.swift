internal import Foundation

/// A file system of a few megabytes in memory; mounting it needs root.
public final class SmallDisk: Sendable {
    /// Whether this process can mount one.
    public static let isPossible: Bool = geteuid() == 0 && (try? SmallDisk(megabytes: 1)) != nil

    private let folder: TemporaryFolder

    /// Mounts an empty disk.
    public init(megabytes: Int) throws {
        folder = try TemporaryFolder()
        try Self.call("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", folder.url.path)
    }

    deinit { try? Self.call("umount", "-l", folder.url.path) }

    /// The path of `name` on the disk.
    public func path(_ name: String) -> String { folder.path(name) }

    /// Makes the disk read-only.
    public func makeReadOnly() throws { try Self.call("mount", "-o", "remount,ro", folder.url.path) }

    private static func call(_ command: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw CocoaError(.fileWriteUnknown) }
    }
}
