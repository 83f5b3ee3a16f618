internal import Files
internal import Foundation

/// Finds the data sets to which `paths` lead, in a fixed order.
///
/// Each path is a data set, or a folder. A folder is searched, with its subfolders, for folders that contain
/// `data.mdb`; symbolic links to folders are followed once. An unfinished data set (`*.unfinished`) is found only if
/// a path names it.
///
/// A data set to which several paths or links lead is found once, under the first of them.
///
/// - Parameters:
///   - paths: Data sets, and folders to search.
///   - others: Paths of data sets to leave out, even if `paths` lead to them by other names.
/// - Returns: The paths of the data sets, in alphabetical order for each of `paths`; empty if all are among `others`.
public func findDatasets(
    in paths: [String], except others: [String] = []
) throws(DatasetError) -> [String] {
    guard !paths.isEmpty else { throw .nothingFound(in: paths) }
    var known = Set(others.map(DatasetIdentity.init))
    var found: [String] = []
    for path in paths {
        guard FileManager.default.fileExists(atPath: path) else { throw .missingPath(path) }
        var search = DatasetSearch()
        search.visit(path)
        guard !search.found.isEmpty else { throw .nothingFound(in: [path]) }
        found += search.found.filter { known.insert(DatasetIdentity($0)).inserted }
    }
    return found
}

/// The identity of a data set: that of its file, or its path if there is no file.
private enum DatasetIdentity: Hashable {
    case file(FileStatus.Identity)
    case path(String)

    init(_ path: String) {
        let status = FileStatus(at: path + "/data.mdb") ?? FileStatus(at: path)
        self = status.map { .file($0.identity) } ?? .path(path)
    }
}

/// One walk through a folder and its subfolders.
private struct DatasetSearch {
    var found: [String] = []
    private var visited: Set<String> = []

    /// Adds the data set at `path`, or those in the folder at `path`.
    mutating func visit(_ path: String) {
        guard isFolder(path) else { return found.append(path) }
        guard visited.insert(URL(filePath: path).resolvingSymlinksInPath().path).inserted else { return }
        if FileManager.default.fileExists(atPath: path + "/data.mdb") { found.append(path) }
        for name in subfolders(of: path) { visit(path.hasSuffix("/") ? path + name : path + "/" + name) }
    }

    private func subfolders(of path: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { isFolder(path + "/" + $0) && !$0.hasSuffix(StagingDirectory.suffix) }.sorted()
    }

    private func isFolder(_ path: String) -> Bool { FileStatus(at: path)?.kind == .folder }
}
