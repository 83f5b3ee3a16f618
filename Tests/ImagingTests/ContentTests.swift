import Imaging
import Testing

/// A grey image with a rectangle of another grey, at these columns and rows.
private func picture(
    _ width: Int, _ height: Int, grey: UInt8 = 255, ink: UInt8 = 0, columns: Range<Int>, rows: Range<Int>
) -> Image {
    var image = Image(width: width, height: height, pixels: [UInt8](repeating: grey, count: width * height))
    for row in rows { for column in columns { image.pixels[row * width + column] = ink } }
    return image
}

@Test(arguments: [
    (UInt8(255), UInt8(0)), (0, 255), (200, 180), (90, 93), (128, 129),
])
func contentIsTheSmallestAreaOutsideWhichThereIsOnlyBackground(grey: UInt8, ink: UInt8) {
    for (columns, rows) in [(3..<17, 4..<9), (0..<1, 0..<1), (19..<20, 11..<12), (5..<20, 2..<12)] {
        let image = picture(20, 12, grey: grey, ink: ink, columns: columns, rows: rows)
        #expect(image.content == PixelArea(columns: columns, rows: rows))
    }
}

@Test func anImageOfOneGreyHasNoContent() {
    #expect(picture(7, 5, columns: 0..<0, rows: 0..<0).content == nil)
    #expect(picture(1, 1, columns: 0..<0, rows: 0..<0).content == nil)
}

@Test func faintTracesOfCompressionAreBackground() {
    var image = picture(40, 30, columns: 10..<30, rows: 10..<20)
    image.pixels[2 * 40 + 3] = 255 - 24
    #expect(image.content == PixelArea(columns: 10..<30, rows: 10..<20))
    image.pixels[2 * 40 + 3] = 255 - 25
    #expect(image.content == PixelArea(columns: 3..<30, rows: 2..<20))
}

@Test func croppingKeepsThePixelsOfTheArea() {
    let image = Image(width: 5, height: 4, pixels: (0..<20).map { UInt8($0) })
    #expect(image.cropped(to: image.area) == image)
    let part = image.cropped(to: PixelArea(columns: 1..<4, rows: 2..<4))
    #expect(part == Image(width: 3, height: 2, pixels: [11, 12, 13, 16, 17, 18]))
}
