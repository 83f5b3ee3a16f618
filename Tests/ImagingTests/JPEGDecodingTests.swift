import CJPEG
import Foundation
import Imaging
import TestSupport
import Testing

@Suite("JPEG decoding")
struct JPEGDecodingTests {
    @Test func greyStaysAsItIs() throws {
        let bytes = EncodedJPEG.bytes(width: 20, height: 9, TJPF_GRAY) { _, _, _ in 137 }
        #expect(
            try Image(decoding: bytes)
                == Image(width: 20, height: 9, pixels: .init(repeating: 137, count: 180)))
    }

    @Test(arguments: [0, TJFLAG_PROGRESSIVE])
    func coloursTurnGreyByRec601(flags: Int32) throws {
        let bytes = EncodedJPEG.bytes(width: 40, height: 24, flags: flags) { _, _, channel in
            30 + 90 * channel
        }
        let image = try Image(decoding: bytes)
        let expected = (19595 * 30 + 38470 * 120 + 7471 * 210 + 32768) >> 16
        #expect(image.pixels.allSatisfy { abs(Int($0) - expected) <= 1 })
    }

    /// Made by Pillow 11.3: `Image.frombytes(mode, (8, 8), samples).save(file, "JPEG", quality=75)` of samples
    /// (37x + 11y + 80c) mod 256, and read back by `numpy.array(Image.open(file).convert("L"))`.
    @Test(arguments: [(cmykJPEG, 4_144_895_994), (rgbJPEG, 116_242_045)] as [(String, UInt32)])
    func pixelsEqualPillows(base64: String, checksum: UInt32) throws {
        let bytes = try #require(Data(base64Encoded: base64, options: .ignoreUnknownCharacters))
        #expect(try crc32(Image(decoding: bytes).pixels) == checksum)
    }

    @Test func inkIsDark() throws {
        let bytes = EncodedJPEG.bytes(width: 16, height: 8, TJPF_CMYK, subsampling: TJSAMP_444) { x, _, _ in
            x < 8 ? 255 : 0
        }
        let image = try Image(decoding: bytes)
        #expect(image.pixels[0] > 250 && image.pixels[15] < 5)
    }

    @Test func extraneousBytesBeforeAMarkerDoNoHarm() throws {
        let bytes = EncodedJPEG.bytes(width: 16, height: 16)
        let padded = bytes[..<20] + [0x55, 0x55, 0x55] + bytes[20...]
        let disturbed = bytes.dropLast(2) + [0x55, 0x55, 0x55] + bytes.suffix(2)
        let image = try Image(decoding: bytes)
        #expect(try Image(decoding: padded) == image)
        #expect(try Image(decoding: disturbed) == image)
        #expect(throws: ImageError.self) { try Image(decoding: disturbed.dropLast(2)) }
        #expect(throws: ImageError.self) { try Image(decoding: padded.dropLast(2)) }
    }

    @Test func twelveBitsAreUnsupported() throws {
        var bytes = EncodedJPEG.bytes(width: 8, height: 8)
        let frame = try #require(bytes.indices.first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
        bytes[frame + 4] = 12
        #expect { try Image(decoding: bytes) } throws: {
            "\($0)".hasPrefix("JPEG is of an unsupported kind: ") && "\($0)".contains("12")
        }
    }

    @Test func headersGiveTheSize() throws {
        let header = try ImageHeader(decoding: EncodedJPEG.bytes(width: 33, height: 7))
        #expect(header.format == .jpeg && header.width == 33 && header.height == 7)
        let cut = EncodedJPEG.bytes(width: 33, height: 70).dropLast(40)
        #expect(try ImageHeader(decoding: cut).height == 70)
    }

    /// The checksums are those of Pillow's `convert("L")`: a baseline, a progressive and an arithmetic JPEG.
    @Test(.enabled(if: SharedData.has("jpeg-variants"), "needs ../shared/data/jpeg-variants"))
    func variantsDecodeOrSayWhy() throws {
        func image(_ name: String) throws -> Image {
            try Image(decoding: Data(contentsOf: SharedData.url("jpeg-variants/\(name).jpg")))
        }
        #expect(try crc32(image("testorig").pixels) == 1470656455)
        #expect(try crc32(image("testimgint").pixels) == 2354012057)
        #expect(try crc32(image("testimgari").pixels) == 2354012057)
        #expect { try image("monkey12") } throws: { "\($0)".contains("12") }
    }
}

private let cmykJPEG = """
    /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAIBgYHBgUIBwcHCQkICgwUDQwLCwwZEhMPFB0aHx4dGhwcICQuJyAiLCMcHCg3KSwwMTQ0
    NB8nOT04MjwuMzQy/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIB
    AwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZH
    SElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV
    1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwC3rE82u/E3TIYnkVLa4F5LIsZcIsR3/N6BmCpk9Cw69C/w
    4zG48ReI5DIEVPsEDB12sSQ8gI65GIsHgfMevatPN/YnwutN8Xk3F9vvZf3m7fvPyN1IGYxHwMe4zmn+IrO01XxZovhiBI109HWM
    wvK4H2eJdzJuGWzsQgHOc45HWv/Z
    """

private let rgbJPEG = """
    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAx
    NDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIy
    MjIyMjIyMjL/wAARCAAIAAgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF
    BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVW
    V1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi
    4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAEC
    AxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVm
    Z2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq
    8vP09fb3+Pn6/9oADAMBAAIRAxEAPwCK8jSHTLLTAEZmG9lIIYZBRcHoeshx1+XtRRRXt5TrRlUe8pSb+/8Aqx5OYrkhRprbkv8A
    Nt3P/9k=
    """
