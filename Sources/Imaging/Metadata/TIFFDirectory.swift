/// The first directory of a TIFF, which is also the form of Exif data. Nothing in the bytes is trusted.
struct TIFFDirectory {
    private static let orientationTag = 0x0112
    private static let pageLimit = 10_000
    private static let entrySize = 12

    private let bytes: UnsafeRawBufferPointer
    private let isBigEndian: Bool
    private let start: Int

    /// Finds the first directory of `bytes`; nil if they are not a TIFF, or one of more than 4 GB (BigTIFF).
    init?(_ bytes: UnsafeRawBufferPointer) {
        let isBigEndian = bytes.first == UInt8(ascii: "M")
        let reader = Self(bytes, isBigEndian, start: 0)
        guard reader.short(at: 2) == 42, let start = reader.long(at: 4), start >= 8 else { return nil }
        self = Self(bytes, isBigEndian, start: start)
    }

    private init(_ bytes: UnsafeRawBufferPointer, _ isBigEndian: Bool, start: Int) {
        (self.bytes, self.isBigEndian, self.start) = (bytes, isBigEndian, start)
    }

    /// The orientation; upright if there is none, or none that is defined.
    var orientation: ImageOrientation {
        values(ofTag: Self.orientationTag).first.flatMap(ImageOrientation.init) ?? .upright
    }

    /// The number of pages: 1, and as many as further directories follow.
    var pageCount: Int {
        var (count, directory) = (1, self)
        while count < Self.pageLimit, let next = directory.next {
            (count, directory) = (count + 1, next)
        }
        return count
    }

    /// Whether the strips or tiles of the image lie within the bytes.
    var hasAllStrips: Bool {
        [(0x0111, 0x0117), (0x0144, 0x0145)].allSatisfy { offsets, lengths in
            zip(values(ofTag: offsets), values(ofTag: lengths)).allSatisfy { $0 + $1 <= bytes.count }
        }
    }

    /// The directory that follows this one; nil if there is none.
    private var next: TIFFDirectory? {
        guard let end = entries?.upperBound, let start = long(at: end), start >= 8, start < bytes.count else {
            return nil
        }
        return Self(bytes, isBigEndian, start: start)
    }

    /// The places of the entries; nil if they do not lie within the bytes.
    private var entries: Range<Int>? {
        guard let count = short(at: start) else { return nil }
        let end = start + 2 + count * Self.entrySize
        return end <= bytes.count ? start + 2..<end : nil
    }

    /// The numbers under a tag; empty if there are none, or they are not short or long integers.
    private func values(ofTag tag: Int) -> [Int] {
        guard let entries,
            let entry = stride(from: entries.lowerBound, to: entries.upperBound, by: Self.entrySize)
                .first(where: { short(at: $0) == tag }),
            let type = short(at: entry + 2), let count = long(at: entry + 4), type == 3 || type == 4
        else { return [] }
        let size = type == 3 ? 2 : 4
        guard count <= bytes.count / size else { return [] }
        guard let first = count * size <= 4 ? entry + 8 : long(at: entry + 8) else { return [] }
        return (0..<count).compactMap { type == 3 ? short(at: first + 2 * $0) : long(at: first + 4 * $0) }
    }

    private func short(at offset: Int) -> Int? {
        guard offset >= 0, offset + 2 <= bytes.count else { return nil }
        let value = bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
        return Int(isBigEndian ? UInt16(bigEndian: value) : UInt16(littleEndian: value))
    }

    private func long(at offset: Int) -> Int? {
        guard offset >= 0, offset + 4 <= bytes.count else { return nil }
        let value = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        return Int(isBigEndian ? UInt32(bigEndian: value) : UInt32(littleEndian: value))
    }
}
