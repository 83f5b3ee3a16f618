import CPU
import Datasets
import Foundation
import Imaging
import Recognition
import Tensors
import TestSupport
import Training

/// A small data set of formula images, and trainings of a tiny network on it.
struct TinyRun {
    let folder: TemporaryFolder
    let device: any Device

    /// Twelve images of vertical bars: one bar reads “a”, two read “ab”, three “aba”. With `withDamage`, the fifth image
    /// is cut in half and cannot be decoded.
    init(device: any Device = ReferenceDevice(), withDamage: Bool = false) throws {
        folder = try TemporaryFolder()
        self.device = device
        var writer = try DatasetWriter(folder.path("data"))
        for index in 0..<12 {
            var bytes = try Self.image(bars: index % 3 + 1, width: index % 2 == 0 ? 20 : 36).encodedPNG()
            if withDamage, index == 4 { bytes = Array(bytes.prefix(bytes.count / 2)) }
            try writer.append(image: bytes, label: String("aba".prefix(index % 3 + 1)))
        }
        try writer.finish()
    }

    /// White, with black bars two pixels wide.
    static func image(bars: Int, width: Int, height: Int = 16) -> Image {
        let pixels = (0..<width * height).map { index -> UInt8 in
            let x = index % width
            return x >= 3 && x % 6 < 2 && x / 6 <= bars && x / 6 > 0 ? 0 : 255
        }
        return Image(width: width, height: height, pixels: pixels)
    }

    /// A network of a few hundred weights at height 16.
    static let network = CRNNConfiguration(
        height: 16,
        convolutions: [
            .init(channels: 4, pooling: .square), .init(channels: 4, isNormalized: true, pooling: .square),
            .init(channels: 6, pooling: .vertical), .init(channels: 6),
        ], recurrentUnits: 4, recurrentLayers: 1)

    /// Steps of four images without validation.
    func configuration(steps: Int) -> TrainingConfiguration {
        var configuration = TrainingConfiguration(
            network: Self.network, trainingPaths: [folder.path("data")], threads: 2)
        configuration.widthStep = 8
        configuration.limit = .steps(steps)
        configuration.batchSize = 4
        configuration.validationFraction = 0
        configuration.learningRate = LearningRate(peak: 1e-2, warmupSteps: 2, decay: .constant)
        return configuration
    }

    func run(_ name: String) -> RunFolder { RunFolder(folder.path(name)) }

    /// A new training in the folder `name`.
    func trainer(_ configuration: TrainingConfiguration, _ name: String) throws -> Trainer {
        try Trainer(configuration, run: run(name), on: device)
    }

    /// The bytes of every tensor that a run's last checkpoint holds.
    func lastTensors(_ name: String) throws -> [String: [UInt8]] {
        try SafetensorsFile(reading: run(name).last, on: ReferenceDevice()).tensors.mapValues { $0.bytes() }
    }
}
