import Files

/// Finds the files at the given paths lazily; see ``FileSearch``.
struct ImageFileSearch: Sequence, IteratorProtocol, Sendable {
    private var search: FileSearch

    init(_ paths: [String]) { search = FileSearch(paths) }

    /// The next file, or the next folder that the user named; nil after the last.
    mutating func next() -> ImageFile? {
        while let entry = search.next() {
            switch entry {
            case .file(let path, let isNamed): return ImageFile(path: path, isNamed: isNamed)
            case .unreadable(let error): return ImageFile(path: error.path, isNamed: false, failure: error)
            case .folder(let path, isNamed: true):
                return ImageFile(path: path, isNamed: true, failure: SearchedFolder())
            case .folder: continue
            }
        }
        return nil
    }
}
