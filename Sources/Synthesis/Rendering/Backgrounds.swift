import Files
import Foundation
import Imaging

/// Backgrounds of scene text: crops of images, and procedural textures.
struct Backgrounds: Sendable {
    private let images: [Plane]

    /// Reads the images at `paths`, which are files or folders. Relative paths refer to `base`.
    init(_ paths: [String], base: String) throws(SynthesisError) {
        var images: [Plane] = []
        for path in paths {
            for file in try Self.files(at: URL(filePath: path, relativeTo: URL(filePath: base))) {
                images.append(try Self.reducedImage(file))
            }
        }
        self.images = images
    }

    private static let extensions = ["png", "jpg", "jpeg", "tif", "tiff", "webp", "bmp"]

    private static func files(at location: URL) throws(SynthesisError) -> [URL] {
        let path = location.path(percentEncoded: false)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .unreadableImage(path: path, reason: "there is no such file or folder; check the path")
        }
        guard isFolder.boolValue else { return [location] }
        let names = try SynthesisError.reading(path) {
            try FileSearch.names(in: path)
        }
        let found = names.filter {
            Self.extensions.contains(FileName.fileExtension(of: $0))
        }
        guard !found.isEmpty else {
            throw .unreadableImage(
                path: path,
                reason:
                    "the folder contains no images (\(Self.extensions.map { "*." + $0 }.joined(separator: ", ")))"
            )
        }
        return found.map { location.appending(path: $0) }
    }

    /// The image in `file`, reduced to at most 800 pixels on its longer side.
    private static func reducedImage(_ file: URL) throws(SynthesisError) -> Plane {
        let path = file.path(percentEncoded: false)
        let bytes = try SynthesisError.reading(path) { Array(try Data(contentsOf: file)) }
        do {
            let image = try Image(decoding: bytes)
            let factor = min(1, 800 / Double(max(image.width, image.height)))
            return Plane(
                image.resized(
                    width: max(1, Int(Double(image.width) * factor)),
                    height: max(1, Int(Double(image.height) * factor))))
        } catch {
            throw .unreadableImage(path: path, reason: error.description)
        }
    }

    /// The brightness of a random background, `width` × `height` pixels: a crop of an image or a procedural texture.
    func background(width: Int, height: Int, using generator: inout SeededGenerator) -> Plane {
        if !images.isEmpty, generator.bernoulli(0.5) {
            return Self.crop(of: generator.pick(images), width: width, height: height, using: &generator)
        }
        var plane = Plane(width: width, height: height, filledWith: Float(generator.uniform(0.05, 0.95)))
        for _ in 0..<generator.integer(in: 0...2) { Self.addTexture(to: &plane, using: &generator) }
        return plane
    }

    /// A random crop of `image`, scaled to `width` × `height` pixels, with random contrast and brightness.
    private static func crop(
        of image: Plane, width: Int, height: Int, using generator: inout SeededGenerator
    ) -> Plane {
        let limit = min(Double(image.width) / Double(width), Double(image.height) / Double(height))
        let scale = Float(limit * generator.uniform(0.2, 1))
        let x = Float(generator.uniform(0, Double(image.width) - Double(scale) * Double(width)))
        let y = Float(generator.uniform(0, Double(image.height) - Double(scale) * Double(height)))
        let (contrast, shift) = (Float(generator.uniform(0.3, 1)), Float(generator.uniform(-0.2, 0.2)))
        var output = Plane(width: width, height: height)
        for row in 0..<height {
            for column in 0..<width {
                let value = image.sample(x + Float(column) * scale, y + Float(row) * scale)
                output.values[row * width + column] = max(0, min(1, (value - 0.5) * contrast + 0.5 + shift))
            }
        }
        return output
    }

    /// Adds value noise, a linear gradient, or stripes such as those of boards and bricks.
    private static func addTexture(to plane: inout Plane, using generator: inout SeededGenerator) {
        let amount = Float(generator.uniform(-0.35, 0.35))
        let size = Double(plane.height)
        switch generator.integer(in: 0...7) {
        case 0...2:
            let noise = Plane.valueNoise(
                width: plane.width, height: plane.height, cell: size * generator.uniform(0.05, 2),
                using: &generator
            )
            plane.update(with: noise) { max(0, min(1, $0 + amount * ($1 - 0.5) * 2)) }
        case 3...6:
            let (dx, dy) = (Float(generator.uniform(-1, 1)), Float(generator.uniform(-1, 1)))
            for row in 0..<plane.height {
                for column in 0..<plane.width {
                    let slope =
                        dx * Float(column) / Float(plane.width) + dy * Float(row) / Float(plane.height)
                    plane.values[row * plane.width + column] += amount * slope
                }
            }
        default:
            let (period, angle) = (generator.uniform(0.1, 1.2) * size, generator.uniform(0, 3.14))
            let (dx, dy) = (cos(angle) / period, sin(angle) / period)
            for row in 0..<plane.height {
                for column in 0..<plane.width {
                    let phase = Double(column) * dx + Double(row) * dy
                    let isDark = phase - phase.rounded(.down) < 0.3
                    if isDark { plane.values[row * plane.width + column] += amount }
                }
            }
        }
    }
}
