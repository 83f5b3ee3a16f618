import ArgumentParser
import Imaging

/// The options of `crnn dataset create` for stored images.
struct TranscodingOptions: ParsableArguments {
    /// An encoding of stored images.
    enum Encoding: String, ExpressibleByArgument, CaseIterable {
        case png
    }

    @Option(
        help: """
            Convert every image to png: lossless 8-bit grey, which is what networks read. Answers and scores do not \
            change; JPEG photographs grow, colour PNGs shrink.
            """)
    var transcode: Encoding?

    @Option(
        help: ArgumentHelp(
            "Scale taller images down to this height and store them as PNG.", valueName: "pixels")
    )
    var maximumHeight: Int?

    func validate() throws {
        if let maximumHeight, maximumHeight < 1 {
            throw ValidationError("--maximum-height must be at least 1")
        }
    }

    /// A text that differs for other options.
    var description: String { "\(transcode?.rawValue ?? "-") \(maximumHeight ?? 0)" }

    /// The bytes to store for an encoded image, and a note if only its first page is stored. Throws if it cannot be
    /// decoded.
    ///
    /// Images that other tools could not read, or would read turned, become PNG.
    func checked(_ bytes: [UInt8]) throws -> (bytes: [UInt8], note: String?) {
        let header = try ImageHeader(decoding: bytes)
        let note = header.pageCount > 1 ? firstPageNote(header.pageCount) : nil
        let isCommon = [.png, .jpeg].contains(header.format) && header.orientation == .upright
        return (try stored(bytes, isCommon: isCommon), note)
    }

    private func stored(_ bytes: [UInt8], isCommon: Bool) throws -> [UInt8] {
        let image = try Image(decoding: bytes)
        if let maximumHeight, image.height > maximumHeight {
            let width = max(1, (2 * image.width * maximumHeight + image.height) / (2 * image.height))
            return try image.resized(width: width, height: maximumHeight).encodedPNG()
        }
        return transcode == nil && isCommon ? bytes : try image.encodedPNG()
    }
}
