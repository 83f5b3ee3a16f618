/// The lines of a text file that are not empty. A byte order mark is skipped; lines may end in CRLF.
struct TextLines: Sequence, IteratorProtocol, Sendable {
    /// A line, with its number from 1. The text is nil if it is not UTF-8.
    typealias Line = (number: Int, text: String?)

    private let bytes: [UInt8]
    private var position: Int
    private var number = 0

    /// The lines of a file with this content.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next line that is not empty; nil at the end.
    mutating func next() -> Line? {
        while position < bytes.count {
            let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            var content = bytes[position..<end]
            position = end + 1
            number += 1
            if content.last == UInt8(ascii: "\r") { content = content.dropLast() }
            if !content.isEmpty { return (number, String(validating: content, as: UTF8.self)) }
        }
        return nil
    }
}
