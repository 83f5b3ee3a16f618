import Foundation
import Imaging
import Recognition
import Tensors
import Testing

/// An image of one grey.
private func flat(_ width: Int, _ height: Int, _ grey: UInt8) -> Image {
    Image(width: width, height: height, pixels: [UInt8](repeating: grey, count: width * height))
}

@Test func theAspectIsKeptToTheNearestPixel() {
    for height in [1, 16, 32, 48] {
        let preprocessor = Preprocessor(height: height)
        for width in [1, 2, 3, 17, 31, 32, 100, 257, 4001] {
            for rows in [1, 2, 7, 31, 32, 33, 64, 1000] {
                let nearest = max(1, Int(Double(width) * Double(height) / Double(rows) + 0.5))
                #expect(preprocessor.scaledWidth(width, rows) == nearest, "\(width)×\(rows) to \(height)")
            }
        }
    }
}

@Test func halvesAreRoundedUp() {
    #expect(Preprocessor(height: 32).scaledWidth(1, 64) == 1)
    #expect(Preprocessor(height: 32).scaledWidth(3, 64) == 2)
    #expect(Preprocessor(height: 32).scaledWidth(5, 64) == 3)
}

@Test func paddedWidthsAreTheNextMultipleOfTheStep() throws {
    let preprocessor = Preprocessor(height: 32, widthStep: 24)
    for width in 1...200 {
        let padded = try preprocessor.paddedWidth(width, 32)
        #expect(padded % 24 == 0 && padded >= width && padded < width + 24)
        #expect(try preprocessor.prepare(flat(width, 32, 7)).width == padded)
    }
}

@Test func anImageIsPaddedWithItsOwnBackground() throws {
    var image = flat(40, 32, 201)
    for row in 8..<24 { for column in 8..<32 { image.pixels[row * 40 + column] = 3 } }
    let prepared = try Preprocessor(height: 32).prepare(image)
    #expect((prepared.width, prepared.height) == (64, 32))
    for row in 0..<32 {
        #expect(
            Array(prepared.pixels[row * 64..<row * 64 + 40]) == Array(image.pixels[row * 40..<row * 40 + 40]))
        #expect(prepared.pixels[row * 64 + 40..<row * 64 + 64].allSatisfy { $0 == 201 })
    }
}

@Test func anImageIsScaledToTheHeight() throws {
    let prepared = try Preprocessor(height: 16).prepare(flat(100, 50, 90))
    #expect((prepared.width, prepared.height) == (32, 16))
    #expect(prepared.pixels.allSatisfy { $0 == 90 })
}

@Test func onePixelIsAnImage() throws {
    let prepared = try Preprocessor(height: 32).prepare(flat(1, 1, 77))
    #expect((prepared.width, prepared.height) == (32, 32))
    #expect(prepared.pixels.allSatisfy { $0 == 77 })
    #expect(try Preprocessor(height: 32).prepare(flat(1, 5000, 9)).width == 32)
}

@Test func tooWideImagesAreRefusedWithTheirSize() throws {
    let preprocessor = Preprocessor(height: 32, widthStep: 32, maximumWidth: 128)
    #expect(try preprocessor.paddedWidth(128, 32) == 128)
    do throws(PreprocessingError) {
        _ = try preprocessor.prepare(flat(129, 32, 0))
        Issue.record("129 columns fitted into 128")
    } catch {
        #expect(error.description.contains("129×32"))
        #expect(error.description.contains("160"))
        #expect(error.description.contains("128; cut it into shorter lines"))
    }
    #expect(throws: PreprocessingError.self) { try Preprocessor(height: 32).prepare(flat(65_536, 1, 0)) }
}

@Test func blackIsMinusOneAndWhiteIsOne() {
    let image = Image(width: 256, height: 1, pixels: (0...255).map { UInt8($0) })
    let tensor = Preprocessor(height: 1).tensor([image, image], on: ReferenceDevice())
    #expect(tensor.shape == [2, 1, 256, 1])
    for (index, value) in tensor.scalars.enumerated() {
        #expect(abs(value - (Float(index % 256) / 127.5 - 1)) < 1e-6)
    }
    #expect((tensor.scalars[0], tensor.scalars[255]) == (-1, 1))
}

@Test func preprocessingIsKeptAsJSON() throws {
    let preprocessor = Preprocessor(height: 48, widthStep: 16, maximumWidth: 4096)
    let json = try JSONEncoder().encode(preprocessor)
    #expect(try JSONDecoder().decode(Preprocessor.self, from: json) == preprocessor)
}

@Test(arguments: [
    (0, 32, 64), (-1, 32, 64), (32, 0, 64), (32, 65, 64), (32, -32, 64), (Int.max, 1, 1),
    (32, Int.max, Int.max),
])
func impossibleSizesInJSONAreRefused(height: Int, step: Int, limit: Int) {
    let json = #"{"height": \#(height), "widthStep": \#(step), "maximumWidth": \#(limit)}"#
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Preprocessor.self, from: Data(json.utf8)) }
}
