import Datasets
import Foundation
import Imaging
import TestSupport
import Testing

@testable import Training

/// Data sets of which `words` has ten samples, `clean` the same ones, and `parts` the last three and one of its own.
@Suite struct SampleCopiesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for (name, numbers) in [("words", 0..<10), ("clean", 0..<10), ("parts", 7..<11)] {
            var writer = try DatasetWriter(folder.path("sets/\(name)"))
            for number in numbers {
                let image = TinyRun.image(bars: 1 + number % 2, width: 20 + 2 * number)
                try writer.append(image: image.encodedPNG(), label: "a\(number)")
            }
            try writer.finish()
        }
    }

    private func data(
        _ training: [String], _ validation: [String] = [], fraction: Double = 0
    ) throws -> TrainingData {
        var configuration = TrainingConfiguration(
            network: TinyRun.network, trainingPaths: training.map(folder.path), threads: 1)
        configuration.validationPaths = validation.map(folder.path)
        configuration.validationFraction = fraction
        return try TrainingData(configuration)
    }

    @Test func setsThatShareSamplesAreNamed() throws {
        let (clean, parts, words) = (
            folder.path("sets/clean"), folder.path("sets/parts"), folder.path("sets/words")
        )
        let twice = "They are trained on twice; train on one of the two data sets"
        #expect(
            try data(["sets"]).warnings == [
                "\(parts) contains 3 samples of \(clean), such as image-000000001. \(twice)",
                "\(words) contains 10 samples of \(clean), such as image-000000001. \(twice)",
                "\(words) contains 3 samples of \(parts), such as image-000000008. \(twice)",
            ])
        #expect(
            try data(["sets/words"], ["sets/parts"]).warnings == [
                "\(parts) contains 3 samples of \(words), such as image-000000001, which are trained on. Scores on them "
                    + "are too good; validate on other samples"
            ])
        #expect(try data(["sets/words"], fraction: 0.2).warnings.isEmpty)
    }

    @Test(arguments: [0.1, 0.25, 0.5]) func copiesAreHeldOutTogetherOrNotAtAll(_ fraction: Double) throws {
        let data = try data(["sets"], fraction: fraction)
        let heldOut = try data.validation.flatMap { set in try (0..<set.count).map { try set.label($0) } }
        let trained = try Set(data.trained.map { try data.images.label($0) })
        #expect(heldOut.count + data.trained.count == 24)
        #expect(!heldOut.isEmpty && Double(heldOut.count) <= (24 * fraction).rounded())
        #expect(trained.isDisjoint(with: heldOut))
    }
}
