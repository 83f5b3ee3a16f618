import Files
import Foundation

/// Finds the files at the given paths lazily: in the order of the paths; within a folder and its subfolders, by name.
///
/// Only the names in the folders above the current file are in memory, about 16 bytes for a short name. A folder that
/// is reached again through links is searched once. Files that are not regular, such as pipes and devices, are found
/// only if a path names them.
struct ImageFileSearch: Sequence, IteratorProtocol, Sendable {
    /// The folders above the current file, outermost first.
    private var levels: [Level]
    private var visited: Set<FileStatus.Identity> = []

    init(_ paths: [String]) { levels = [Level(names: paths.reversed())] }

    /// The names in a folder that are still to be visited, the next one last. The outermost level has no folder and
    /// holds the paths that the user named.
    private struct Level {
        var folder: String?
        var names: [String]

        mutating func popLast() -> ImageFile? {
            guard let name = names.popLast() else { return nil }
            guard let folder else { return ImageFile(path: name, isNamed: true) }
            return ImageFile(path: folder + name, isNamed: false)
        }
    }

    /// The next file; nil after the last.
    mutating func next() -> ImageFile? {
        while let level = levels.indices.last {
            guard let file = levels[level].popLast() else {
                levels.removeLast()
                continue
            }
            guard let folder = file.identity, file.isFolder else {
                if file.isNamed || file.isRegular { return file }
                continue
            }
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: file.path) else {
                return file
            }
            if visited.insert(folder).inserted { enter(file.path, names) }
        }
        return nil
    }

    private mutating func enter(_ path: String, _ names: [String]) {
        levels.append(
            Level(folder: path.hasSuffix("/") ? path : path + "/", names: names.sorted(by: >)))
    }
}
