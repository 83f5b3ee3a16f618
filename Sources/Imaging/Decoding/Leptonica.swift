import Foundation

/// The image library Leptonica, which is loaded when the first image comes that needs it.
///
/// `@unchecked Sendable`: the pointers lead to functions and are set once. The functions share no state between images,
/// except how much they print, which is set once, too.
struct Leptonica: @unchecked Sendable {
    typealias Pixels = OpaquePointer
    typealias ReadHeader =
        @convention(c) (
            UnsafeRawPointer?, Int, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>,
            UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>,
            UnsafeMutablePointer<Int32>
        ) -> Int32

    /// `pixReadHeaderMem`: format, width, height, bits per sample, samples per pixel, and whether there is a colour map.
    let readHeader: ReadHeader
    /// `pixReadMem`
    let read: @convention(c) (UnsafeRawPointer?, Int) -> Pixels?
    /// `pixConvertTo8`; the last argument asks for a colour map.
    let convertTo8: @convention(c) (Pixels, Int32) -> Pixels?
    /// `pixConvertTo32`
    let convertTo32: @convention(c) (Pixels) -> Pixels?
    /// `pixDestroy`
    let destroy: @convention(c) (UnsafeMutablePointer<Pixels?>) -> Void
    /// `pixGetWidth`, `pixGetHeight`, `pixGetDepth`, `pixGetSpp`, `pixGetWpl`
    let width, height, depth, samples, wordsPerRow: @convention(c) (Pixels) -> Int32
    /// `pixGetData`
    let words: @convention(c) (Pixels) -> UnsafeMutablePointer<UInt32>?
    /// `pixGetColormap`
    let colorMap: @convention(c) (Pixels) -> OpaquePointer?

    /// The library; nil if it is not installed.
    static let shared = Leptonica()

    /// The names of the library: Debian 13, Debian 12 and Ubuntu, development files, macOS.
    private static let names = [
        "libleptonica.so.6", "liblept.so.5", "libleptonica.so", "liblept.so", "libleptonica.dylib",
        "/opt/homebrew/lib/libleptonica.dylib",
    ]

    /// Level of messages at which nothing is printed.
    private static let silence: Int32 = 6

    private init?() {
        guard let library = Self.names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else {
            return nil
        }
        func find<Function>(_ name: String, _: Function.Type = Function.self) -> Function? {
            dlsym(library, name).map { unsafeBitCast($0, to: Function.self) }
        }
        typealias Property = @convention(c) (Pixels) -> Int32
        typealias Printer = @convention(c) (UnsafePointer<CChar>?) -> Void
        guard let silencer = find("setMsgSeverity", (@convention(c) (Int32) -> Int32).self),
            let setPrinter = find("leptSetStderrHandler", (@convention(c) (Printer) -> Void).self),
            let readHeader = find("pixReadHeaderMem", ReadHeader.self),
            let read = find("pixReadMem", (@convention(c) (UnsafeRawPointer?, Int) -> Pixels?).self),
            let convertTo8 = find("pixConvertTo8", (@convention(c) (Pixels, Int32) -> Pixels?).self),
            let convertTo32 = find("pixConvertTo32", (@convention(c) (Pixels) -> Pixels?).self),
            let destroy = find("pixDestroy", (@convention(c) (UnsafeMutablePointer<Pixels?>) -> Void).self),
            let width = find("pixGetWidth", Property.self), let height = find("pixGetHeight", Property.self),
            let depth = find("pixGetDepth", Property.self), let samples = find("pixGetSpp", Property.self),
            let wordsPerRow = find("pixGetWpl", Property.self),
            let words = find("pixGetData", (@convention(c) (Pixels) -> UnsafeMutablePointer<UInt32>?).self),
            let colorMap = find("pixGetColormap", (@convention(c) (Pixels) -> OpaquePointer?).self)
        else { return nil }
        _ = silencer(Self.silence)
        // Some messages have no level.
        setPrinter { _ in }
        (self.readHeader, self.read, self.convertTo8, self.convertTo32) = (
            readHeader, read, convertTo8, convertTo32
        )
        (self.destroy, self.width, self.height, self.depth) = (destroy, width, height, depth)
        (self.samples, self.wordsPerRow, self.words, self.colorMap) = (samples, wordsPerRow, words, colorMap)
    }
}
