internal import Foundation
internal import Imaging

/// What scenes have behind their letters: parts of pictures, and surfaces that are made up.
struct Backgrounds: Sendable {
    private let pictures: [Plane]

    /// Reads the pictures at `paths`, files or folders; relative ones lead from `base`.
    init(_ paths: [String], base: String) throws(SynthesisError) {
        var pictures: [Plane] = []
        for path in paths {
            for file in try Self.files(at: URL(filePath: path, relativeTo: URL(filePath: base))) {
                pictures.append(try Self.picture(file))
            }
        }
        self.pictures = pictures
    }

    private static func files(at place: URL) throws(SynthesisError) -> [URL] {
        let path = place.path(percentEncoded: false)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .unreadablePicture(path: path, reason: "there is no such file or folder; check the path")
        }
        guard isFolder.boolValue else { return [place] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let found = names.filter {
            ["png", "jpg", "jpeg"].contains(URL(filePath: $0).pathExtension.lowercased())
        }
        guard !found.isEmpty else {
            throw .unreadablePicture(path: path, reason: "the folder holds no *.png, *.jpg or *.jpeg")
        }
        return found.sorted().map { place.appending(path: $0) }
    }

    /// A picture, not larger than what backgrounds need.
    private static func picture(_ file: URL) throws(SynthesisError) -> Plane {
        let path = file.path(percentEncoded: false)
        do {
            let image = try Image(decoding: Array(try Data(contentsOf: file)))
            let factor = min(1, 800 / Double(max(image.width, image.height)))
            return Plane(
                image.resized(
                    width: max(1, Int(Double(image.width) * factor)),
                    height: max(1, Int(Double(image.height) * factor))))
        } catch {
            throw .unreadablePicture(
                path: path, reason: (error as? ImageError)?.description ?? error.localizedDescription)
        }
    }

    /// A background of this size.
    func background(width: Int, height: Int, using chance: inout Chance) -> Plane {
        if !pictures.isEmpty, chance.happens(0.5) {
            return Self.part(of: chance.pick(pictures), width: width, height: height, using: &chance)
        }
        var plane = Plane(width: width, height: height, filledWith: Float(chance.uniform(0.05, 0.95)))
        for _ in 0..<chance.whole(0...2) { Self.addSurface(to: &plane, using: &chance) }
        return plane
    }

    private static func part(
        of picture: Plane, width: Int, height: Int, using chance: inout Chance
    ) -> Plane {
        let limit = min(Double(picture.width) / Double(width), Double(picture.height) / Double(height))
        let scale = Float(limit * chance.uniform(0.2, 1))
        let x = Float(chance.uniform(0, Double(picture.width) - Double(scale) * Double(width)))
        let y = Float(chance.uniform(0, Double(picture.height) - Double(scale) * Double(height)))
        let (contrast, shift) = (Float(chance.uniform(0.3, 1)), Float(chance.uniform(-0.2, 0.2)))
        var output = Plane(width: width, height: height)
        for row in 0..<height {
            for column in 0..<width {
                let value = picture.sample(x + Float(column) * scale, y + Float(row) * scale)
                output.values[row * width + column] = max(0, min(1, (value - 0.5) * contrast + 0.5 + shift))
            }
        }
        return output
    }

    /// A gradient, clouds, or stripes as of boards and bricks.
    private static func addSurface(to plane: inout Plane, using chance: inout Chance) {
        let amount = Float(chance.uniform(-0.35, 0.35))
        let size = Double(plane.height)
        switch chance.whole(0...7) {
        case 0...2:
            let clouds = Plane.clouds(
                width: plane.width, height: plane.height, cell: size * chance.uniform(0.05, 2), using: &chance
            )
            plane.update(with: clouds) { max(0, min(1, $0 + amount * ($1 - 0.5) * 2)) }
        case 3...6:
            let (dx, dy) = (Float(chance.uniform(-1, 1)), Float(chance.uniform(-1, 1)))
            for row in 0..<plane.height {
                for column in 0..<plane.width {
                    let way = dx * Float(column) / Float(plane.width) + dy * Float(row) / Float(plane.height)
                    plane.values[row * plane.width + column] += amount * way
                }
            }
        default:
            let (period, angle) = (chance.uniform(0.1, 1.2) * size, chance.uniform(0, 3.14))
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
