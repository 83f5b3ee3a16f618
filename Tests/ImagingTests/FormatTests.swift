import Imaging
import Testing

@Suite("Formats and sources")
struct FormatTests {
    @Test func formatsAreKnownByTheirFirstBytes() {
        #expect(ImageFormat(magicBytes: EncodedPNG.signature) == .png)
        #expect(ImageFormat(magicBytes: [0xFF, 0xD8, 0xFF, 0xE0] as [UInt8]) == .jpeg)
        #expect(ImageFormat(magicBytes: EncodedPNG.signature.dropLast()) == nil)
        #expect(ImageFormat(magicBytes: [UInt8]()) == nil)
    }

    @Test func headersOfPNGNeedNoPixels() throws {
        let bytes = EncodedPNG.signature + EncodedPNG.header(123_456, 7)
        let header = try ImageHeader(decoding: bytes)
        #expect(header.format == .png && header.width == 123_456 && header.height == 7)
        #expect(throws: ImageError.self) { try ImageHeader(decoding: bytes.prefix(28)) }
    }

    @Test func headersBeginWithIHDR() {
        let bytes = EncodedPNG.signature + EncodedPNG.chunk("IDAT", .init(repeating: 1, count: 13))
        #expect { try ImageHeader(decoding: bytes) } throws: { "\($0)".contains("IHDR") }
    }

    @Test func anyCollectionOfBytesIsASource() throws {
        let bytes = try picture(width: 5, height: 4).encodedPNG()
        let expected = picture(width: 5, height: 4)
        #expect(try Image(decoding: AnyCollection(bytes)) == expected)
        #expect(try Image(decoding: ContiguousArray([0] + bytes).dropFirst()) == expected)
        #expect(try Image(decoding: bytes.span.bytes) == expected)
        #expect(try bytes.withUnsafeBytes { try Image(decoding: $0) } == expected)
    }
}
