/// Thrown for a file in a folder that is not an image, neither by its first bytes nor by its extension.
struct NoImage: Error {}

/// Thrown for a folder that the user named: its files follow.
struct SearchedFolder: Error {}
