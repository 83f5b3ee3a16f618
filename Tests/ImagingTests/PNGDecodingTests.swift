import Imaging
import Testing

@Suite("PNG decoding")
struct PNGDecodingTests {
    /// 0 for black and full for white, at every depth; two pixels a row.
    @Test(
        arguments: [(1, [0b0100_0000]), (2, [0b0011_0000]), (4, [0b0000_1111]), (8, [0, 255])]
            as [(UInt8, [UInt8])])
    func greyOfEveryDepthSpansBlackToWhite(depth: UInt8, row: [UInt8]) throws {
        let image = try Image(decoding: EncodedPNG.bytes(width: 2, depth: depth, .grey, rows: [row]))
        #expect(image == Image(width: 2, height: 1, pixels: [0, 255]))
    }

    @Test func sixteenBitsAreRoundedToEight() throws {
        let rows: [[UInt8]] = [[0x12, 0x34, 0x80, 0xFF], [0x00, 0x80, 0xFF, 0x7F]]
        let image = try Image(decoding: EncodedPNG.bytes(width: 2, depth: 16, .grey, rows: rows))
        let expected = [0x1234, 0x80FF, 0x0080, 0xFF7F].map { UInt8((Double($0) * 255 / 65535).rounded()) }
        #expect(image.pixels == expected)
    }

    @Test func coloursTurnGreyByRec601() throws {
        let colours: [[UInt8]] = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [1, 2, 3], [200, 100, 50]]
        let image = try Image(decoding: EncodedPNG.bytes(width: 5, .rgb, rows: [colours.flatMap { $0 }]))
        #expect(image.pixels == [76, 150, 29, 2, 124])
    }

    @Test func transparencyLiesOnWhite() throws {
        let row: [UInt8] = [0, 255, 100, 128, 50, 0]
        let image = try Image(decoding: EncodedPNG.bytes(width: 3, .greyAlpha, rows: [row]))
        #expect(image.pixels == [0, 177, 255])
    }

    @Test func textInTheAlphaChannelAloneIsDarkOnWhite() throws {
        for colour in [[0, 0, 0], [255, 255, 255], [10, 200, 30]] as [[UInt8]] {
            let row = ([0, 90, 255] as [UInt8]).flatMap { colour + [$0] }
            let image = try Image(decoding: EncodedPNG.bytes(width: 3, .rgba, rows: [row]))
            #expect(image.pixels == [255, 165, 0])
        }
    }

    @Test func invisiblePixelsDoNotMakeTheColourVary() throws {
        let row: [UInt8] = [7, 0, 255, 255, 255, 60]
        let image = try Image(decoding: EncodedPNG.bytes(width: 3, .greyAlpha, rows: [row]))
        #expect(image.pixels == [255, 0, 195])
    }

    @Test func constantAlphaIsLaidOnWhite() throws {
        let opaque = EncodedPNG.bytes(width: 2, .greyAlpha, rows: [[9, 255, 9, 255]])
        #expect(try Image(decoding: opaque).pixels == [9, 9])
        let invisible = EncodedPNG.bytes(width: 2, .greyAlpha, rows: [[9, 0, 9, 0]])
        #expect(try Image(decoding: invisible).pixels == [255, 255])
    }

    @Test func colourKeyIsTransparent() throws {
        let key = EncodedPNG.chunk("tRNS", [0, 1])
        let image = try Image(
            decoding: EncodedPNG.bytes(width: 3, depth: 2, .grey, chunks: [key], rows: [[0b0001_1000]]))
        #expect(image.pixels == [0, 255, 170])
    }

    @Test func palettesHaveTransparentEntries() throws {
        let palette = EncodedPNG.chunk("PLTE", [0, 0, 0, 255, 0, 0, 90, 90, 90])
        let alpha = EncodedPNG.chunk("tRNS", [255, 0])
        let image = try Image(
            decoding: EncodedPNG.bytes(width: 3, .palette, chunks: [palette, alpha], rows: [[0, 1, 2]]))
        #expect(image.pixels == [0, 255, 90])
    }

    @Test func indexBeyondThePaletteIsAPictureOrAMessage() {
        let palette = EncodedPNG.chunk("PLTE", [255, 255, 255])
        let bytes = EncodedPNG.bytes(width: 2, .palette, chunks: [palette], rows: [[0, 200]])
        #expect(throws: Never.self) { _ = try? Image(decoding: bytes) }
        #expect((try? Image(decoding: bytes))?.pixels ?? [255, 0] == [255, 0])
    }

    @Test func gammaIsIgnored() throws {
        let gamma = EncodedPNG.chunk("gAMA", EncodedPNG.bigEndian(20000))
        let image = try Image(decoding: EncodedPNG.bytes(width: 1, .grey, chunks: [gamma], rows: [[77]]))
        #expect(image.pixels == [77])
    }

    @Test func onePixelDecodesInterlacedOrNot() throws {
        for interlaced in [false, true] {
            let bytes = EncodedPNG.bytes(width: 1, .grey, interlaced: interlaced, rows: [[200]])
            #expect(try Image(decoding: bytes) == Image(width: 1, height: 1, pixels: [200]))
        }
    }

    @Test func writtenPicturesAreReadBack() throws {
        for (width, height) in [(1, 1), (1, 7), (300, 2), (31, 33)] {
            let image = picture(width: width, height: height)
            let bytes = try image.encodedPNG()
            #expect(try Image(decoding: bytes) == image)
        }
    }

    @Test func picturesTooWideForPNGAreRefused() {
        let image = Image(width: 1_000_001, height: 1, pixels: [UInt8](repeating: 0, count: 1_000_001))
        #expect { try image.encodedPNG() } throws: { "\($0)".hasPrefix("PNG cannot be written: ") }
    }
}

/// An image without symmetry: (7x² + 13y² + 5xy) mod 256.
func picture(width: Int, height: Int) -> Image {
    var pixels: [UInt8] = []
    for y in 0..<height {
        for x in 0..<width { pixels.append(UInt8((7 * x * x + 13 * y * y + 5 * x * y) % 256)) }
    }
    return Image(width: width, height: height, pixels: pixels)
}
