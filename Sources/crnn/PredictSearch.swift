import Foundation
import Synchronization

/// The files that paths lead to, found as they are asked for: in the order of the paths, and in a folder and its
/// subfolders by name.
///
/// Only the names in the folders on the way to the present file are in memory: some 16 bytes for a short one. A folder
/// that links lead to again is searched once; what is no regular file (pipes, devices) is taken only where a path names
/// it.
final class PredictSearch: Sendable {
    private let state: Mutex<State>

    init(_ paths: [String]) { state = Mutex(State(levels: [Level(names: paths.reversed())])) }

    /// The next file; nil at the end.
    func next() -> ImageFile? { state.withLock { $0.next() } }

    /// What is still to visit of a folder, the next name last; outermost are the paths that the user named.
    private struct Level {
        var folder: String?
        var names: [String]

        mutating func popLast() -> ImageFile? {
            guard let name = names.popLast() else { return nil }
            guard let folder else { return ImageFile(path: name, isNamed: true) }
            return ImageFile(path: folder + name, isNamed: false)
        }
    }

    private struct State {
        /// From the paths inwards.
        var levels: [Level]
        var visited: Set<ImageFile.Identity> = []

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
}
