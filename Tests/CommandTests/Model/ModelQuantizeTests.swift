import Datasets
import Foundation
import TestSupport
import Testing

/// The default model quantized on printed words and lines, and the output of the command.
private struct QuantizedDefault {
    let folder: TemporaryFolder
    let model: String
    let printed: String
    let outcome: CommandOutcome

    init(_ options: String...) throws {
        folder = try TemporaryFolder()
        (model, printed) = (folder.path("small.safetensors"), folder.path("printed"))
        let images = SharedData.package.appending(path: "datasets/printed").path(percentEncoded: false)
        _ = try run([
            "dataset", "create", "--images", images, "--labels", images + "/labels.tsv", "--output", printed,
        ])
        let arguments = ["model", "quantize", "default", "--calibration", printed, "--output", model]
        outcome = try run(arguments + options)
    }

    /// The character error rate.
    func errorRate(_ model: String) throws -> Double {
        let text = try run(["evaluate", "--model", model, "--lmdb", printed, "--format", "json"]).output
        let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return try #require((json?["total"] as? [String: Any])?["cer"] as? Double)
    }
}

@Suite struct ModelQuantizeTests {
    @Test func theQuantizedDefaultModelReadsAlmostAsWell() throws {
        let quantized = try QuantizedDefault()
        #expect(quantized.outcome.status == 0, "\(quantized.outcome.errors)")
        #expect(quantized.outcome.output.contains("int8") && quantized.outcome.output.contains("loss in "))
        #expect(try quantized.errorRate(quantized.model) <= quantized.errorRate("default") + 0.01)
        let inspected = try run(["model", "inspect", quantized.model])
        #expect(inspected.output.contains("channels; 6 layers in int8"))
        #expect(inspected.output.contains("units; 2 layers in int8"))
    }

    @Test func aQuantizedModelIsNeitherTrainedNorQuantizedAgain() throws {
        let quantized = try QuantizedDefault("--limit", "5")
        let training = try run([
            "train", "--lmdb", quantized.printed, "--from", quantized.model, "--output",
            quantized.folder.path("run"),
        ])
        #expect(training.status == 1 && training.errors.contains("small.safetensors: is quantized"))
        let again = try run([
            "model", "quantize", quantized.model, "--calibration", quantized.printed, "--output",
            quantized.folder.path("again"),
        ])
        #expect(again.status == 1 && again.errors.contains("is already quantized"))
        let measured = try run([
            "benchmark", "--model", quantized.model, "--batch", "1", "--seconds", "0", "--no-layers",
        ])
        #expect(measured.status == 1 && measured.errors.contains("give --phase inference"))
        let converted = quantized.folder.path("half.safetensors")
        #expect(try run(["model", "convert", quantized.model, converted]).status == 0)
        #expect(try quantized.errorRate(converted) <= quantized.errorRate(quantized.model) + 0.01)
    }

    @Test func calibrationNeedsImages() throws {
        let folder = try TemporaryFolder()
        var writer = try DatasetWriter(folder.path("broken"))
        try writer.append(image: Array("broken".utf8), label: "a")
        try writer.finish()
        let arguments = ["model", "quantize", "default", "--output", folder.path("out"), "--calibration"]
        let outcome = try run(arguments + [folder.path("broken")])
        #expect(outcome.status == 1 && outcome.errors.contains("no image of"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
        #expect(try run(arguments + [folder.path("broken"), "--limit", "0"]).errors.contains("at least 1"))
    }
}
