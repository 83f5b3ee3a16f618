internal import Foundation

/// The data sets that `paths` lead to, in a fixed order.
///
/// Each path is a data set itself, or a folder that is searched, with its subfolders, for folders that hold
/// `data.mdb`; links to folders are followed once. Sets that an interrupted run left behind (`*.unfinished`) are
/// taken only where they are named themselves.
///
/// A set is its file: one that several paths or links lead to is found once, under the first of them.
///
/// - Parameters:
///   - paths: Data sets, and folders to search.
///   - others: Paths of sets that are left out, however `paths` lead to them.
/// - Returns: Paths to open, of each path's findings in alphabetical order; none where all are among `others`.
public func findDatasets(
    in paths: [String], except others: [String] = []
) throws(DatasetError) -> [String] {
    guard !paths.isEmpty else { throw .nothingFound(in: paths) }
    var known = Set(others.map(FileIdentity.init(ofDataset:)))
    var found: [String] = []
    for path in paths {
        guard FileManager.default.fileExists(atPath: path) else { throw .missingPath(path) }
        var search = DatasetSearch()
        search.visit(path)
        guard !search.found.isEmpty else { throw .nothingFound(in: [path]) }
        found += search.found.filter { known.insert(FileIdentity(ofDataset: $0)).inserted }
    }
    return found
}

/// The file that a data set is, whatever it is called.
private enum FileIdentity: Hashable {
    case file(device: UInt64, number: UInt64)
    /// Nothing is there that the system can name.
    case path(String)

    init(ofDataset path: String) {
        var status = stat()
        let isFound = unsafe stat(path + "/data.mdb", &status) == 0 || stat(path, &status) == 0
        self =
            isFound ? .file(device: UInt64(status.st_dev), number: UInt64(status.st_ino)) : .path(path)
    }
}

/// One walk through a folder and its subfolders.
private struct DatasetSearch {
    var found: [String] = []
    private var visited: Set<String> = []

    /// Adds `path` where it is a data set, else the data sets below it.
    mutating func visit(_ path: String) {
        guard isFolder(path) else { return found.append(path) }
        guard visited.insert(URL(filePath: path).resolvingSymlinksInPath().path).inserted else { return }
        if FileManager.default.fileExists(atPath: path + "/data.mdb") { found.append(path) }
        for name in subfolders(of: path) { visit(path.hasSuffix("/") ? path + name : path + "/" + name) }
    }

    private func subfolders(of path: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { isFolder(path + "/" + $0) && !$0.hasSuffix(DatasetWriter.unfinishedEnding) }
            .sorted()
    }

    private func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && isFolder.boolValue
    }
}
