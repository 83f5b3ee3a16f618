/// Finds the Exif data in encoded images.
enum Exif {
    private static let mark = Array("Exif\0\0".utf8)

    /// The orientation of the Exif data in `bytes`, which may begin with the mark of a JPEG's; upright if there is none.
    static func orientation(_ bytes: UnsafeRawBufferPointer) -> ImageOrientation {
        let data = bytes.starts(with: mark) ? UnsafeRawBufferPointer(rebasing: bytes[mark.count...]) : bytes
        return TIFFDirectory(data)?.orientation ?? .upright
    }

    /// The orientation of a JPEG: that of its first Exif segment.
    static func orientation(ofJPEG bytes: UnsafeRawBufferPointer) -> ImageOrientation {
        for segment in JPEGSegments(bytes) where segment.code == 0xE1 {
            let content = UnsafeRawBufferPointer(rebasing: bytes[segment.content])
            if content.starts(with: mark) { return orientation(content) }
        }
        return .upright
    }

    /// The orientation of a PNG: that of its chunk eXIf (PNG specification, third edition, section 11.3.4.6).
    static func orientation(ofPNG bytes: UnsafeRawBufferPointer) -> ImageOrientation {
        chunk("eXIf", in: bytes, from: PNGReader.signature.count) { chunk in
            (Int(UInt32(bigEndian: chunk.loadUnaligned(as: UInt32.self))), chunk[4..<8], 4)
        }
    }

    /// The orientation of a WebP: that of its chunk EXIF (WebP container specification).
    static func orientation(ofWebP bytes: UnsafeRawBufferPointer) -> ImageOrientation {
        chunk("EXIF", in: bytes, from: 12) { chunk in
            let length = Int(UInt32(littleEndian: chunk.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
            return (length, chunk[0..<4], length % 2)
        }
    }

    /// The orientation in the first chunk of the given name.
    ///
    /// - Parameter parse: The length of the content, the name, and the number of bytes after the content, of a chunk
    ///   whose first eight bytes are length and name.
    private static func chunk(
        _ name: String, in bytes: UnsafeRawBufferPointer, from start: Int,
        _ parse: (UnsafeRawBufferPointer) -> (length: Int, name: Slice<UnsafeRawBufferPointer>, trailer: Int)
    ) -> ImageOrientation {
        var position = start
        while position + 8 <= bytes.count {
            let chunk = parse(UnsafeRawBufferPointer(rebasing: bytes[position..<position + 8]))
            let content = position + 8
            guard chunk.length <= bytes.count - content else { return .upright }
            if chunk.name.elementsEqual(name.utf8) {
                return orientation(UnsafeRawBufferPointer(rebasing: bytes[content..<content + chunk.length]))
            }
            position = content + chunk.length + chunk.trailer
        }
        return .upright
    }
}
