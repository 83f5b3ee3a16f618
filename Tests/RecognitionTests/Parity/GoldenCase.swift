import Foundation
import Imaging
import Recognition
import Tensors
import TestSupport
import Testing

/// One case of `scripts/golden/paper_crnn.py`: a batch of images of one width, and the results of PyTorch.
struct GoldenCase: Sendable, CustomTestStringConvertible {
    /// The source of the images.
    enum Pictures: String, Sendable { case formula, real }

    let pictures: Pictures
    let batch: Int
    let width: Int

    /// Both batch sizes at all widths.
    static func all(_ pictures: Pictures) -> [GoldenCase] {
        [1, 8].flatMap { batch in
            [32, 100, 257].map { GoldenCase(pictures: pictures, batch: batch, width: $0) }
        }
    }

    /// Whether the data sets of the real images are present.
    static let hasRealPictures = SharedData.has("iiit5k-train/images") && SharedData.has("captcha-v2/images")

    var testDescription: String { "\(pictures) pictures, batch \(batch), width \(width)" }

    /// The results of PyTorch; complete ones in the folder `CRNN_GOLDENS` if that is set.
    func golden() throws -> Golden {
        let folder =
            ProcessInfo.processInfo.environment["CRNN_GOLDENS"].map { URL(filePath: $0) }
            ?? SharedData.package.appending(path: "Tests/RecognitionTests/Goldens")
        let path = folder.appending(path: "\(pictures)-batch\(batch)-width\(width).safetensors")
        let file = try SafetensorsFile(
            reading: path.path(percentEncoded: false), on: ReferenceDevice())
        return Golden(file: file)
    }

    /// The images as `[batch × 32 × width × 1]`.
    func images(_ golden: Golden, on device: any Device) throws -> Tensor {
        let images =
            switch pictures {
            case .formula:
                try golden.samples(batch).map { sample in
                    Image(width: width, height: 32, pixels: GoldenFormulas.picture(sample, width: width))
                }
            case .real:
                try golden.files.map { name in
                    try Image(decoding: Data(contentsOf: SharedData.url(name))).resized(
                        width: width, height: 32)
                }
            }
        return Preprocessor(height: 32).tensor(images, on: device)
    }

    /// The labels as classes.
    func labels(_ golden: Golden) throws -> [[Int]] {
        try golden.samples(batch).map { GoldenFormulas.label($0, frames: width / 4 + 1) }
    }
}

/// A golden file: values by name, or an even sample of them.
struct Golden {
    let file: SafetensorsFile

    /// The files of the real images, below the shared data.
    var files: [String] { file.metadata["images"]?.split(separator: ",").map(String.init) ?? [] }

    /// The numbers of the images and labels.
    func samples(_ batch: Int) throws -> Range<Int> {
        let first = try #require(file.metadata["first"].flatMap { Int($0) })
        return first..<first + batch
    }

    /// The values of an entry.
    func values(_ name: String) throws -> [Float] {
        try #require(file.tensors[name], "the golden lacks \(name)").scalars
    }

    /// What follows `prefix` in the names of entries.
    func names(after prefix: String) -> [String] {
        file.tensors.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.sorted()
    }

    /// The largest difference between an entry and the tensor that it samples; NaN if one is NaN.
    func largestDifference(_ name: String, _ tensor: Tensor) throws -> Float {
        let differences = try differences(name, tensor)
        return differences.contains(where: \.isNaN) ? .nan : differences.map(abs).max() ?? 0
    }

    /// The root of the summed squares of all differences, as far as the sample tells.
    func distance(_ name: String, _ tensor: Tensor) throws -> Float {
        let differences = try differences(name, tensor)
        let mean = differences.reduce(0) { $0 + $1 * $1 } / Float(differences.count)
        return (mean * Float(tensor.shape.count)).squareRoot()
    }

    private func differences(_ name: String, _ tensor: Tensor) throws -> [Float] {
        let expected = try values(name), scalars = tensor.scalars
        let indices = GoldenFormulas.sample(expected.count, of: scalars.count)
        return zip(indices, expected).map { scalars[$0] - $1 }
    }
}
