internal import Files

/// Finds the data sets to which `paths` lead, in a fixed order.
///
/// Each path is a data set, or a folder. A folder is searched, with its subfolders, for folders that contain
/// `data.mdb`, as ``Files/FileSearch`` says: hidden folders and unfinished data sets are found only if a path names them.
/// A folder that cannot be read, or a symbolic link to nothing, is an error.
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
        if let error = FileError(reaching: path) { throw .unreadable(error) }
        guard FileStatus(at: path) != nil else { throw .missingPath(path) }
        let here = try datasets(in: path)
        guard !here.isEmpty else { throw .nothingFound(in: [path]) }
        found += here.filter { known.insert(DatasetIdentity($0)).inserted }
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

/// The data set at `path`, or those in the folder at `path`.
private func datasets(in path: String) throws(DatasetError) -> [String] {
    var found: [String] = []
    for entry in FileSearch([path]) {
        switch entry {
        case .file(let path, isNamed: true): found.append(path)
        case .file: break
        case .folder(let path, _): if FileStatus(at: path + "/data.mdb") != nil { found.append(path) }
        case .unreadable(let error): throw .unreadable(error)
        }
    }
    return found
}
