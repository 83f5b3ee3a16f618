import Imaging

/// The rule by which folders are searched, for the help of commands.
enum SearchRule {
    /// For data sets.
    static let datasets = """
        A folder is searched with its subfolders for folders that contain data.mdb. Names that begin with a dot, the \
        leftovers of other systems (__MACOSX, Thumbs.db, lost+found, …) and unfinished results are left out unless a \
        path names them. A folder that cannot be read, or a link to nothing, is an error.
        """

    /// For images.
    static let images = """
        Folders are searched with their subfolders. A file is an image by its first bytes (\(ImageFormat.names)) or by \
        its extension; other files are skipped. Names that begin with a dot, the leftovers of other systems \
        (__MACOSX, Thumbs.db, lost+found, …) and unfinished results are left out unless a path names them. What cannot \
        be read, such as a link to nothing, is named and counted.
        """
}
