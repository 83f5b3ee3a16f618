import Foundation

/// The size of a file in MB, as text; nil if there is no file.
func fileSize(_ path: String) -> String? {
    let values = try? URL(filePath: path).resourceValues(forKeys: [.fileSizeKey])
    return values?.fileSize.map { "\((Double($0) / 10_000).rounded() / 100) MB" }
}
