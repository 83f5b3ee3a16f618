internal import Foundation

/// What the operating system reports about a file. Symbolic links are followed.
public struct FileStatus: Sendable {
    /// The kinds of files.
    public enum Kind: Sendable {
        case regular, folder
        /// A device, pipe or socket.
        case special
    }

    /// The file's identity, the same for all paths and links that lead to it.
    public struct Identity: Hashable, Sendable {
        private let device: UInt64
        private let number: UInt64

        fileprivate init(_ status: stat) {
            (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
        }
    }

    /// The kind of the file.
    public let kind: Kind
    /// The length of a regular file in bytes.
    public let size: Int
    /// The file's identity.
    public let identity: Identity

    /// Asks for the file at `path`; nil if there is none, or it cannot be reached.
    public init?(at path: String) {
        var status = stat()
        guard unsafe withFileSystemPath(path, { path in unsafe stat(path, &status) }) == 0 else { return nil }
        self.init(status)
    }

    /// Asks for the open file of a descriptor; nil if the system does not know it.
    public init?(ofDescriptor descriptor: CInt) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .regular
        case S_IFDIR: kind = .folder
        default: kind = .special
        }
        (size, identity) = (Int(status.st_size), Identity(status))
    }
}
