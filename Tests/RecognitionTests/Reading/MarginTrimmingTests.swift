import CPU
import DefaultModel
import Foundation
import Imaging
import Recognition
import TestSupport
import Testing

private let trimming = Preprocessor(height: 32, trimsMargins: true)

/// Black content of `size` on white, with margins of so many pixels above, below, left and right.
private func content(
    _ size: (width: Int, height: Int), above: Int = 0, below: Int = 0, left: Int = 0, right: Int = 0
) -> Image {
    let (width, height) = (left + size.width + right, above + size.height + below)
    var image = Image(width: width, height: height, pixels: [UInt8](repeating: 255, count: width * height))
    for row in above..<above + size.height {
        for column in left..<left + size.width { image.pixels[row * width + column] = 0 }
    }
    return image
}

@Test func wideMarginsAreTrimmedToAQuarterOfTheContentsHeight() {
    let image = content((100, 20), above: 40, below: 3, left: 9, right: 70)
    #expect(trimming.area(of: image) == PixelArea(columns: 4..<114, rows: 35..<63))
}

@Test func imagesWithoutWideMarginsStayWhole() throws {
    for image in [content((100, 20)), content((60, 20), above: 5, below: 4, left: 5, right: 1)] {
        #expect(trimming.area(of: image) == image.area)
        #expect(try trimming.prepare(image) == Preprocessor(height: 32).prepare(image))
    }
    let blank = content((0, 0), above: 30, right: 50)
    #expect(trimming.area(of: blank) == blank.area)
}

@Test func aLineIsPreparedAlikeWhateverItsMargins() throws {
    let expected = try trimming.prepare(content((90, 20), above: 5, below: 5, left: 5, right: 5))
    for margin in [6, 10, 40, 70] {
        let image = content((90, 20), above: margin, below: margin, left: margin, right: margin)
        #expect(try trimming.prepare(image) == expected, "\(margin) pixels")
    }
}

@Test func aHyphenKeepsAllRowsAndACommaHalfOfThem() {
    let hyphen = content((9, 3), above: 20, below: 12, left: 10, right: 10)
    #expect(trimming.area(of: hyphen) == PixelArea(columns: 9..<20, rows: 0..<35))
    let comma = content((4, 8), above: 26, below: 6, left: 10, right: 10)
    #expect(trimming.area(of: comma) == PixelArea(columns: 8..<16, rows: 20..<40))
}

@Test func onlyModelsThatTrimSaySoInTheirHeaders() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let plain = String(decoding: try encoder.encode(Preprocessor(height: 32)), as: UTF8.self)
    #expect(plain == #"{"height":32,"maximumWidth":8192,"widthStep":32}"#)
    let read = try JSONDecoder().decode(Preprocessor.self, from: encoder.encode(trimming))
    #expect(read == trimming && read.trimsMargins)
}

/// The lines of `../shared/cases/margins`.
private let cases = SharedData.root.deletingLastPathComponent().appending(path: "cases/margins")

@Test(.enabled(if: FileManager.default.fileExists(atPath: cases.path(percentEncoded: false))))
func theDefaultModelReadsALineWhateverItsMargins() throws {
    var checkpoint = try Checkpoint.defaultModel(on: CPUDevice(threads: 1))
    checkpoint.preprocessor = Preprocessor(height: 32, trimsMargins: true)
    let recognizer = checkpoint.recognizer
    for name in ["m10-h50", "m20-h70", "m30-h90", "m40-h110", "m60-h150", "m80-h190"] {
        let image = try Image(decoding: Data(contentsOf: cases.appending(path: name + ".png")))
        #expect(try recognizer.read([image])[0].text == "Invoice number 2024-117 of Mr. Smith", "\(name)")
    }
}
