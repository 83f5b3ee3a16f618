import CJPEG
import Files
import Imaging
import Testing

@Suite("Damaged, hostile and foreign bytes")
struct DamageTests {
    static let examples: [[UInt8]] = [
        EncodedPNG.bytes(width: 3, .rgba, rows: [Array(0..<12), Array(50..<62)]),
        EncodedPNG.bytes(
            width: 2, .palette, chunks: [EncodedPNG.chunk("PLTE", [1, 2, 3, 40, 50, 60])], rows: [[0, 1]]),
        EncodedJPEG.bytes(width: 19, height: 11),
        EncodedJPEG.bytes(width: 16, height: 9, flags: TJFLAG_PROGRESSIVE),
        EncodedJPEG.bytes(width: 9, height: 8, TJPF_GRAY),
        EncodedJPEG.bytes(width: 8, height: 8, TJPF_CMYK, subsampling: TJSAMP_444),
    ]

    @Test(arguments: examples.indices)
    func everyPrefixIsRefused(example: Int) throws {
        let bytes = Self.examples[example]
        _ = try Image(decoding: bytes)
        for count in bytes.indices {
            #expect(throws: ImageError.self, "\(count) of \(bytes.count)") {
                try Image(decoding: bytes[..<count])
            }
        }
    }

    @Test(arguments: examples.indices)
    func changedBytesGiveAPictureOrAMessage(example: Int) {
        var generator = SeededGenerator(seed: 17)
        var messages = 0
        for _ in 0..<2000 {
            var bytes = Self.examples[example]
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = .random(
                    in: 0...255, using: &generator)
            }
            do throws(ImageError) {
                let image = try Image(decoding: bytes, limits: .init(maximumPixels: 1 << 20))
                #expect(image.pixels.count == image.width * image.height)
            } catch {
                messages += 1
                #expect(!error.description.isEmpty)
            }
        }
        #expect(messages > 0)
    }

    @Test func aTruncatedPNGNamesItsLength() {
        let bytes = EncodedPNG.bytes(width: 1, .grey, rows: [[5]])
        #expect { try Image(decoding: bytes[..<50]) } throws: {
            "\($0)" == "PNG ends after 50 bytes: the data end inside a chunk; copy it again from its source"
        }
    }

    @Test func aTruncatedJPEGNamesItsLength() {
        let bytes = EncodedJPEG.bytes(width: 40, height: 40)
        #expect { try Image(decoding: bytes.dropLast(20)) } throws: {
            "\($0)".hasPrefix("JPEG ends after \(bytes.count - 20) bytes: ")
        }
    }

    @Test func tooFewPixelsAreNoPicture() {
        let bytes =
            EncodedPNG.signature + EncodedPNG.header(1, 3)
            + EncodedPNG.bytes(width: 1, .grey, rows: [[5]]).dropFirst(33)
        #expect { try Image(decoding: bytes) } throws: { "\($0)".contains("PNG is corrupt") }
    }

    @Test func aWrongChecksumIsCorrupt() {
        var bytes = EncodedPNG.bytes(width: 1, .grey, rows: [[5]])
        bytes[bytes.count - 13] ^= 1
        #expect { try Image(decoding: bytes) } throws: { "\($0)".contains("IDAT: CRC error") }
    }

    @Test func bombsAreRefusedBeforeTheirPixels() {
        for (width, height) in [(30000, 30000), (0x7FFF_FFFF, 0x7FFF_FFFF), (1, 70000), (70000, 1)] {
            let bytes = EncodedPNG.signature + EncodedPNG.header(width, height)
            #expect { try Image(decoding: bytes) } throws: {
                $0 as? ImageError == .tooLarge(width: width, height: height, limits: .standard)
            }
        }
        let jpeg = EncodedJPEG.bytes(width: 300, height: 20, TJPF_GRAY)
        #expect { try Image(decoding: jpeg, limits: .init(maximumPixels: 5999)) } throws: {
            "\($0)".hasPrefix("300 × 20 pixels exceed the limit of 5999 pixels")
        }
    }

    @Test func impossibleSizesAreCorrupt() {
        for (width, height) in [(0, 1), (1, 0), (0x8000_0000, 1), (0xFFFF_FFFF, 0xFFFF_FFFF)] {
            let bytes = EncodedPNG.signature + EncodedPNG.header(width, height)
            #expect { try ImageHeader(decoding: bytes) } throws: { "\($0)".contains("\(width) × \(height)") }
            #expect(throws: ImageError.self) { try Image(decoding: bytes) }
        }
    }

    @Test func foreignFormatsAreNamedByTheirBytes() {
        #expect { try Image(decoding: Array("GIF89a".utf8)) } throws: {
            "\($0)"
                == "not a PNG, JPEG, TIFF, WebP or BMP (starts with 47 49 46 38); convert it to one of them"
        }
        #expect { try Image(decoding: [UInt8]()) } throws: { $0 as? ImageError == .empty }
        #expect { try Image(decoding: [0xFF] as [UInt8]) } throws: {
            $0 as? ImageError == .unknownFormat(firstBytes: [0xFF])
        }
    }
}
