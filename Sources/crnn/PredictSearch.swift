import Foundation
import Synchronization

/// The files that paths lead to, found as they are asked for: in the order of the paths, and in a folder and its
/// subfolders by name.
///
/// Only the names of the folders on the way to the present file are in memory. A folder that links lead to again
/// is searched once; what is no regular file (pipes, devices) is taken only where a path names it.
final class PredictSearch: Sendable {
    private let state: Mutex<State>

    init(_ paths: [String]) {
        state = Mutex(State(waiting: paths.reversed().map { ImageFile(path: $0, isNamed: true) }))
    }

    /// The next file; nil at the end.
    func next() -> ImageFile? { state.withLock { $0.next() } }

    private struct State {
        /// What is still to visit, the next one last.
        var waiting: [ImageFile]
        var visited: Set<String> = []

        mutating func next() -> ImageFile? {
            while let file = waiting.popLast() {
                guard file.isFolder else {
                    if file.isNamed || file.isRegular { return file }
                    continue
                }
                guard let names = try? FileManager.default.contentsOfDirectory(atPath: file.path) else {
                    return file
                }
                if visited.insert(file.resolvedPath).inserted { append(names, in: file.path) }
            }
            return nil
        }

        private mutating func append(_ names: [String], in folder: String) {
            let prefix = folder.hasSuffix("/") ? folder : folder + "/"
            for name in names.sorted(by: >) {
                waiting.append(ImageFile(path: prefix + name, isNamed: false))
            }
        }
    }
}
