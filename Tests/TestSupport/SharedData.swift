public import Foundation

/// The real data sets in `../shared/data`, next to the checkout.
///
/// They are not part of the repository. Tests that need one are enabled by `SharedData.has(_:)` and reported as skipped
/// if it is missing.
public enum SharedData {
    /// The root of this package's checkout.
    public static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The folder of data sets: `CRNN_SHARED_DATA` if set, else `../shared/data`.
    public static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["CRNN_SHARED_DATA"] { return URL(filePath: path) }
        return package.deletingLastPathComponent().appending(path: "shared/data")
    }()

    /// Whether `name`, a path below the root, exists.
    public static func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: url(name).path(percentEncoded: false))
    }

    /// The location of `name` below the root.
    public static func url(_ name: String) -> URL { root.appending(path: name) }

    /// The folder of small cases, drawn for tests: `../shared/cases`.
    private static let cases = package.deletingLastPathComponent().appending(path: "shared/cases")

    /// Whether the case `name` exists.
    public static func hasCase(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: casePath(name))
    }

    /// The path of `name` in the folder of cases.
    public static func casePath(_ name: String) -> String {
        cases.appending(path: name).path(percentEncoded: false)
    }
}
