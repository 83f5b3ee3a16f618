import Foundation
import Recognition
import Tensors
import TestSupport
import Testing

/// What `--format json` prints.
private struct Report: Decodable {
    let machine: Machine
    let peak: [String: Double]
    let network: Network
    let training: [Figure]
    let inference: [Figure]
    let layers: [Layer]

    struct Machine: Decodable {
        let processor: String
        let instructionSet: String
        let threads: Int
    }

    struct Network: Decodable {
        let classes: Int
        let operations: [Operations]
    }

    struct Operations: Decodable {
        let width: Int
        let inference: Double
        let training: Double
    }

    struct Figure: Decodable {
        let precision: String
        let batch: Int
        let height: Int
        let width: Int
        let threads: Int
        let imagesPerSecond: Double
        let milliseconds: Double
        let boundFraction: Double
        let peakMebibytes: Int?
    }

    struct Layer: Decodable {
        let pass: String
        let batch: Int
        let width: Int
        let name: String
        let operations: Double?
        let milliseconds: Double
        let rate: Double?
        let share: Double
    }
}

@Suite struct BenchmarkCommandTests {
    private func report(_ arguments: String...) throws -> Report {
        let outcome = try run(
            ["benchmark", "--seconds", "0", "--threads", "1", "--precision", "f32", "--format", "json"]
                + arguments)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    }

    @Test func jsonHoldsAFigureForEachLoad() throws {
        let gallery = try Gallery()
        let report = try report("--model", gallery.model, "--batch", "1", "3", "--width", "40", "64")
        let loads = [[40, 1], [40, 3], [64, 1], [64, 3]]
        for figures in [report.training, report.inference] {
            #expect(figures.map { [$0.width, $0.batch] } == loads)
            for figure in figures {
                #expect(figure.height == 16 && figure.threads == 1 && figure.precision == "f32")
                let rate = Double(figure.batch) / figure.milliseconds * 1000
                #expect(abs(figure.imagesPerSecond / rate - 1) < 1e-9)
                #expect(figure.boundFraction > 0)
            }
        }
        #expect(report.training.allSatisfy { ($0.peakMebibytes ?? 0) > 1 })
        #expect(report.inference.allSatisfy { $0.peakMebibytes == nil })
        #expect(report.machine.threads == 1 && !report.machine.processor.isEmpty)
        #expect(report.peak["f32", default: 0] > 1)
    }

    @Test func theBoundIsOperationsByPeak() throws {
        let gallery = try Gallery()
        let report = try report("--model", gallery.model, "--batch", "2", "--width", "40")
        let operations = try #require(report.network.operations.first)
        for (figure, count) in [
            (report.training[0], operations.training), (report.inference[0], operations.inference),
        ] {
            let bound = 2 * count / (report.peak["f32", default: 0] * 1e6)
            #expect(abs(figure.boundFraction * figure.milliseconds / bound - 1) < 1e-9)
        }
    }

    @Test func eachLayerHasItsTimeRateAndShare() throws {
        let gallery = try Gallery()
        let report = try report("--model", gallery.model, "--batch", "2", "--width", "40")
        let names = ["convolution 1", "convolution 2", "convolution 3", "LSTM 1", "classifier"]
        for pass in ["inference", "forward", "backward"] {
            let layers = report.layers.filter { $0.pass == pass }
            #expect(layers.map(\.name) == names)
            for layer in layers {
                let rate = 2 * (layer.operations ?? .nan) / layer.milliseconds / 1e6
                #expect(abs((layer.rate ?? 0) / rate - 1) < 1e-9)
            }
        }
        let step = report.layers.filter { $0.pass == "step" }
        #expect(step.map(\.name) == ["CTC", "gradient norm", "Adam"])
        let shares = report.layers.reduce(into: ["reading": 0.0, "training": 0.0]) {
            $0[$1.pass == "inference" ? "reading" : "training", default: 0] += $1.share
        }
        #expect(shares.values.allSatisfy { abs($0 - 1) < 1e-9 })
    }

    @Test func thePapersNetworkHasItsOperations() throws {
        let report = try report("--phase", "inference", "--batch", "1", "--width", "100", "--no-layers")
        // For each convolution: output pixels × input channels × output channels × kernel size.
        let convolutions = [
            3200 * 1 * 64 * 9, 800 * 64 * 128 * 9, 200 * 128 * 256 * 9, 200 * 256 * 256 * 9,
            104 * 256 * 512 * 9, 104 * 512 * 512 * 9, 26 * 512 * 512 * 4,
        ]
        let recurrence = 2 * 26 * 2 * 4 * 256 * (512 + 256)
        let sum = 2 * (convolutions.reduce(0, +) + recurrence + 26 * 512 * 37)
        #expect(report.network.classes == 37)
        #expect(report.network.operations[0].inference == Double(sum))
        // The first convolution needs no gradient of its input.
        #expect(report.network.operations[0].training == Double(3 * sum - 2 * convolutions[0]))
        #expect(report.training.isEmpty && report.inference.count == 1 && report.layers.isEmpty)
    }

    @Test func theTextShowsMachineLayersAndSummary() throws {
        let gallery = try Gallery()
        let outcome = try run([
            "benchmark", "--model", gallery.model, "--seconds", "0", "--threads", "1", "--batch", "1",
            "--width", "40", "--precision", "f32", "--instruction-set", "baseline",
        ])
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        #expect(outcome.output.contains(", baseline, 1 threads"))
        let lines = outcome.output.split(separator: "\n")
        for start in [
            "machine ", "engine ", "peak ", "network ", "operations ", "training, f32, batch 1, 16×40",
        ] {
            #expect(lines.contains { $0.hasPrefix(start) }, "\(start)")
        }
        #expect(lines.count { $0.hasPrefix("LSTM 1 ") } == 3)
        #expect(lines.suffix(3).map { $0.split(separator: " ")[0] } == ["all", "training", "inference"])
    }

    /// `auto` means bf16 where the processor multiplies bfloat16 faster than floats: on AMD's with AVX512_BF16.
    @Test func autoIsTheFastestPrecisionThatThePeakHas() throws {
        let outcome = try run([
            "benchmark", "--seconds", "0", "--threads", "1", "--phase", "inference", "--batch", "1",
            "--width",
            "32", "--no-layers", "--format", "json",
        ])
        try #require(outcome.status == 0, "\(outcome.errors)")
        let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
        let hasBFloat16 = report.machine.instructionSet == "avx512-bf16"
        let processor = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
        let isFast = hasBFloat16 && processor.contains("AuthenticAMD")
        #expect(report.inference.map(\.precision) == [isFast ? "bf16" : "f32"])
        #expect((report.peak["bf16"] != nil) == hasBFloat16)
    }

    @Test func theRecordedNetworkIsAModelWithImagesAndScores() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("paper.safetensors")
        _ = try report(
            "--phase", "inference", "--batch", "1", "--width", "32", "--no-layers", "--record", path)
        let checkpoint = try Checkpoint(reading: path, on: ReferenceDevice())
        #expect(checkpoint.extraTensors["images"]?.shape == [8, 32, 32, 1])
        #expect(checkpoint.extraTensors["scores"]?.shape == [8, 9, 37])
        let inspected = try run("model", "inspect", path)
        #expect(inspected.status == 0 && inspected.output.contains("36 symbols"))
    }

    @Test func impossibleLoadsAreRefused() throws {
        for (arguments, reason) in [
            (["--batch", "0"], "--batch is 0; give numbers from 1"),
            (["--width", "2"], "--width 2 is too narrow for one frame; give 8 or more"),
            (["--batch", "65536", "--width", "65536"], "GiB of memory"),
            (["--seconds=-1"], "--seconds is -1.0"),
            (["--threads", "0"], "--threads is 0"),
            (["--precision", "int8", "--phase", "training"], "--precision int8 supports only inference"),
            (["--precision", "f16"], "f16"),
            (["--model", "/nowhere"], "/nowhere"),
        ] {
            let outcome = try run(["benchmark", "--seconds", "0", "--no-layers"] + arguments)
            #expect(outcome.status == 1 || outcome.status == 64)
            #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        }
    }

    @Test func int8IsMeasuredInInferenceOnly() throws {
        let outcome = try run(
            "benchmark", "--seconds", "0", "--no-layers", "--batch", "1", "--width", "32", "--precision",
            "int8",
            "--format", "json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains(#""precision" : "int8""#))
        #expect(outcome.output.contains(#""training" : ["#))
    }

    @Test func helpExplainsWhatIsMeasured() throws {
        let outcome = try run("benchmark", "--help")
        #expect(outcome.output.contains("“of bound” can exceed 1."))
        #expect(outcome.output.contains("boundFraction,") && outcome.output.contains("peakMebibytes};"))
    }
}
