internal import Foundation

/// The place to which a path leads, whether or not something is there yet.
///
/// Two locations are compared by the identities of the files and folders, so that symbolic links, other mounts and
/// relative paths to the same place are recognised.
public struct FileLocation: Sendable {
    /// The identities of the deepest file or folder that exists, and of all folders above it.
    private let existing: [FileStatus.Identity]
    /// The names below it that do not exist yet, outermost first.
    private let missing: [String]

    /// Follows `path` as far as it exists.
    public init(_ path: String) {
        var place = Self.target(of: path) ?? path
        var missing: [String] = []
        while FileStatus(at: place) == nil, let (parent, name) = Self.split(place) {
            missing.insert(name, at: 0)
            place = Self.target(of: parent) ?? parent
        }
        self.missing = Self.normalized(missing)
        existing = Self.identities(of: place)
    }

    /// Whether both are the same file or folder.
    public func isSame(as other: FileLocation) -> Bool {
        missing == other.missing && existing.first == other.existing.first
    }

    /// Whether this is a file or folder somewhere inside `folder`.
    public func isInside(_ folder: FileLocation) -> Bool {
        guard let place = folder.existing.first else { return false }
        guard folder.missing.isEmpty else {
            return existing.first == place && missing.count > folder.missing.count
                && missing.starts(with: folder.missing)
        }
        return (missing.isEmpty ? existing.dropFirst() : existing[...]).contains(place)
    }

    /// The path to which symbolic links at `path` lead, without trailing slashes; it need not exist. Nil if the links
    /// never end.
    static func target(of path: String) -> String? {
        var path = withoutTrailingSlashes(path)
        for _ in 0..<linkLimit {
            guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else {
                return path
            }
            let folder = split(path)?.parent ?? "."
            path = withoutTrailingSlashes(link.hasPrefix("/") ? link : folder + "/" + link)
        }
        return nil
    }

    static func withoutTrailingSlashes(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// The number of symbolic links that are followed in a row: as many as Linux follows.
    private static let linkLimit = 40

    /// The folder and the last name of a path; nil for the root and for the working folder.
    private static func split(_ path: String) -> (parent: String, name: String)? {
        guard !["", ".", "/"].contains(path) else { return nil }
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let parent = withoutTrailingSlashes(String(path[..<slash]))
        return (parent.isEmpty ? "/" : parent, String(path[path.index(after: slash)...]))
    }

    /// Names below a folder without `.` and `..`.
    private static func normalized(_ names: [String]) -> [String] {
        names.reduce(into: []) { names, name in
            if name == "..", !names.isEmpty { names.removeLast() } else if name != "." { names.append(name) }
        }
    }

    /// The identities of a file or folder, and of all folders above it.
    private static func identities(of path: String) -> [FileStatus.Identity] {
        guard let status = FileStatus(at: path) else { return [] }
        guard status.kind == .folder else {
            return [status.identity] + identities(of: split(path)?.parent ?? "/")
        }
        var (chain, place) = ([status.identity], path)
        while let above = FileStatus(at: place + "/..")?.identity, above != chain.last {
            chain.append(above)
            place += "/.."
        }
        return chain
    }
}
