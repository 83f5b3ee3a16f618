/// Memory from a device's pool for elements of a type that oneDNN need not know.
struct Scratch<Element: BitwiseCopyable>: Sendable {
    private let buffer: Buffer

    /// Memory for `count` elements with arbitrary contents.
    init(_ count: Int, in context: Context) {
        buffer = context.pool.take(count * MemoryLayout<Element>.stride)
    }

    /// The elements. The pointer is valid as long as this value lives.
    var elements: UnsafeMutablePointer<Element> { buffer.bytes.assumingMemoryBound(to: Element.self) }
}
