import ArgumentParser
import Imaging

/// How `crnn dataset create` stores images.
struct TranscodingOptions: ParsableArguments {
    /// What images are stored as.
    enum Encoding: String, ExpressibleByArgument, CaseIterable {
        case png
    }

    @Option(
        help: """
            Store every image anew as png: 8-bit grey as networks see it, without loss. It changes no answer and no \
            score; JPEG photographs grow, colour PNGs shrink.
            """)
    var transcode: Encoding?

    @Option(
        help: ArgumentHelp(
            "Scale higher images down to this height; they are then stored as png.", valueName: "pixels")
    )
    var maximumHeight: Int?

    func validate() throws {
        if let maximumHeight, maximumHeight < 1 {
            throw ValidationError("--maximum-height must be at least 1")
        }
    }

    /// What tells these options from others.
    var description: String { "\(transcode?.rawValue ?? "-") \(maximumHeight ?? 0)" }

    /// The bytes to store for an encoded image; throws where it cannot be decoded.
    func checked(_ bytes: [UInt8]) throws -> [UInt8] {
        let image = try Image(decoding: bytes)
        if let maximumHeight, image.height > maximumHeight {
            let width = max(1, (2 * image.width * maximumHeight + image.height) / (2 * image.height))
            return try image.resized(width: width, height: maximumHeight).encodedPNG()
        }
        return transcode == nil ? bytes : try image.encodedPNG()
    }
}
