/// Thrown for a file in a folder whose first bytes are not those of an image.
struct NoImage: Error {}
