import Imaging
import Testing

@Suite("Resizing")
struct ResizingTests {
    /// Pillow 11.3, with numpy:
    /// `a = array([[(7*x*x + 13*y*y + 5*x*y) % 256 for x in range(23)] for y in range(17)], uint8)`
    /// `b = array(Image.fromarray(a).resize((w, h), Image.BILINEAR)); print(b.flatten(), zlib.crc32(b.tobytes()))`
    @Test(
        arguments: [
            (5, 4, 1_276_025_681), (31, 6, 1_785_897_367), (7, 40, 1_604_659_749), (23, 3, 2_957_251_275),
            (1, 1, 953_657_524),
        ] as [(Int, Int, UInt32)])
    func bytesEqualPillows(width: Int, height: Int, checksum: UInt32) {
        let resized = picture(width: 23, height: 17).resized(width: width, height: height)
        #expect(resized.width == width && resized.height == height)
        #expect(crc32(resized.pixels) == checksum)
    }

    @Test func reductionAveragesAsPillowDoes() {
        let expected: [UInt8] = [
            100, 136, 146, 128, 135, 136, 135, 137, 162, 136, 124, 131, 122, 132, 132, 111, 114, 135, 126,
            119,
        ]
        #expect(picture(width: 23, height: 17).resized(width: 5, height: 4).pixels == expected)
    }

    @Test func sameSizeIsTheSamePicture() {
        let image = picture(width: 9, height: 4)
        #expect(image.resized(width: 9, height: 4) == image)
    }

    @Test func onePixelFillsAnySize() {
        let image = Image(width: 1, height: 1, pixels: [93])
        #expect(image.resized(width: 6, height: 5).pixels == [UInt8](repeating: 93, count: 30))
    }

    @Test func whiteStaysWhite() {
        let white = Image(width: 97, height: 41, pixels: .init(repeating: 255, count: 97 * 41))
        for (width, height) in [(32, 13), (100, 90), (1, 50)] {
            #expect(white.resized(width: width, height: height).pixels.allSatisfy { $0 == 255 })
        }
    }
}
