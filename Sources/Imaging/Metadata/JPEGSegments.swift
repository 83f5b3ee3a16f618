/// The segments of a JPEG before its first scan. They are skipped by their lengths, so that an embedded thumbnail is not
/// mistaken for the image.
struct JPEGSegments: Sequence, IteratorProtocol {
    /// The code of the start of a scan.
    static let scan: UInt8 = 0xDA

    private let bytes: UnsafeRawBufferPointer
    private var position = 2

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The next segment: its start, its code, and the place of its content. The last one is the start of the scan. Nil
    /// at the end.
    mutating func next() -> (start: Int, code: UInt8, content: Range<Int>)? {
        while position + 3 < bytes.count {
            let (start, code) = (position, bytes[position + 1])
            guard bytes[start] == 0xFF, code != 0xFF, code != 0 else {
                position += 1
                continue
            }
            let end = start + 2 + Int(bytes[start + 2]) << 8 + Int(bytes[start + 3])
            position = code == Self.scan ? bytes.count : Swift.max(end, start + 2)
            return (
                start, code,
                Swift.min(start + 4, bytes.count)..<Swift.min(Swift.max(end, start + 4), bytes.count)
            )
        }
        return nil
    }
}
