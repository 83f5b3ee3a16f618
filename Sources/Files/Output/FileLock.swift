internal import Foundation
internal import Synchronization

/// An exclusive lock that protects an output while it is written.
///
/// The lock is a file that names its holder. The kernel releases the lock when the process ends, even if it is killed;
/// the file that then remains is taken over by the next holder. File systems without locks offer no protection.
public final class FileLock: Sendable {
    private let path: String
    /// The open file; nil once the lock is released.
    private let file: Mutex<CInt?>

    /// Creates the file at `path`, locks it, and writes the holder into it.
    ///
    /// - Throws: ``FileLockError/held(_:by:)`` if another holder has the lock, in this process or another one.
    public init(_ path: String) throws(FileLockError) {
        self.path = path
        let descriptor = try Self.locked(path)
        file = Mutex(descriptor)
        let holder = Array(Self.holder.utf8)
        ftruncate(descriptor, 0)
        unsafe pwrite(descriptor, holder, holder.count, 0)
    }

    /// Locks an output by the file `.NAME.lock` next to it; `target` is its path, without symbolic links at its end.
    convenience init(forOutput target: String) throws(FileLockError) {
        let name = target.split(separator: "/").last.map(String.init) ?? ""
        try self.init(target.dropLast(name.count) + ".\(name).lock")
    }

    deinit { release() }

    /// Whether the lock has not been released.
    public var isHeld: Bool { file.withLock { $0 != nil } }

    /// Removes the file while it is still locked, and releases the lock, whoever else refers to it.
    public func release() {
        file.withLock { descriptor in
            guard let open = descriptor else { return }
            if Self.isNamed(path, open) { unsafe unlink(path) }
            close(open)
            descriptor = nil
        }
    }

    /// What the file says about its holder.
    private static var holder: String {
        var host = [CChar](repeating: 0, count: 256)
        unsafe gethostname(&host, host.count - 1)
        let name = host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
        return "process \(getpid()) on \(String(decoding: name, as: UTF8.self))"
    }

    /// Opens and locks the file. A file that its holder removed meanwhile is made again.
    private static func locked(_ path: String) throws(FileLockError) -> CInt {
        while true {
            let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { throw .file(.last(path, cannotBe: "written")) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
                defer { close(descriptor) }
                throw .held(path, by: content(of: descriptor))
            }
            if isNamed(path, descriptor) { return descriptor }
            close(descriptor)
        }
    }

    /// Whether the open file is still the one at `path`.
    private static func isNamed(_ path: String, _ descriptor: CInt) -> Bool {
        FileStatus(at: path)?.identity == FileStatus(ofDescriptor: descriptor)?.identity
    }

    /// The first line of a lock file; nil if its holder has not written it yet.
    private static func content(of descriptor: CInt) -> String? {
        var bytes = [UInt8](repeating: 0, count: 200)
        let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
        let line = bytes.prefix(max(0, count)).prefix { $0 >= UInt8(ascii: " ") }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
}

/// Why a lock cannot be taken.
public enum FileLockError: Error, Sendable, Equatable {
    /// Somebody else holds the lock; `holder` is nil if they have not written their name yet.
    case held(String, by: String?)
    /// The operating system refuses to create the file.
    case file(FileError)
}

extension FileLockError: CustomStringConvertible {
    /// Who holds the lock, and what to do about it; or what the system says.
    public var description: String {
        switch self {
        case .held(let path, let holder):
            "\(path): locked by \(holder ?? "another process"); wait until it ends, or stop it"
        case .file(let error): error.description
        }
    }
}
