import Files
import Foundation
import Neural
import Recognition
import Tensors
import TestSupport
import Testing
import Training

@Suite struct RunFolderTests {
    @Test func oneDamagedByteLosesOneLineOfTheMetrics() throws {
        let tiny = try TinyRun()
        var trainer = try tiny.trainer(tiny.configuration(steps: 5), "run")
        _ = try trainer.train { _ in }
        let metrics = URL(filePath: tiny.run("run").metrics)
        var bytes = try Data(contentsOf: metrics)
        let lines = bytes.split(separator: UInt8(ascii: "\n")).map { Data($0) }
        bytes[bytes.startIndex + lines[0].count + 5] = 0xFF
        try bytes.write(to: metrics)
        var resumed = try Trainer(resuming: tiny.run("run"), on: tiny.device)
        _ = try resumed.train { _ in }
        let kept = try Data(contentsOf: metrics).split(separator: UInt8(ascii: "\n")).map { Data($0) }
        #expect(lines.count >= 5 && kept == [lines[0]] + lines[2...])
    }

    @Test func runsThatCannotBeMadeSayWhy() throws {
        let tiny = try TinyRun()
        try Data().write(to: URL(filePath: tiny.folder.path("file")))
        let inside = #expect(throws: FileError.self) {
            _ = try tiny.trainer(tiny.configuration(steps: 1), "file/run")
        }
        #expect(
            try #require(inside).description.contains("file/run: cannot be created (Not a directory); a file")
        )
        #expect(throws: FileError.self) { _ = try tiny.trainer(tiny.configuration(steps: 1), "file") }
    }

    @Test func metricsThatCannotBeWrittenAreNamed() throws {
        let tiny = try TinyRun()
        var trainer = try tiny.trainer(tiny.configuration(steps: 1), "run")
        let metrics = tiny.run("run").metrics
        try FileManager.default.createDirectory(atPath: metrics, withIntermediateDirectories: true)
        let error = #expect(throws: FileError.self) { _ = try trainer.train { _ in } }
        #expect(try #require(error).description.contains("metrics.jsonl: cannot be read (Is a directory)"))
    }

    @Test func gradientDescentKeepsOneVelocityAndResumesExactly() throws {
        let tiny = try TinyRun()
        var configuration = tiny.configuration(steps: 4)
        configuration.optimizer = .sgd()
        var whole = try tiny.trainer(configuration, "whole")
        _ = try whole.train { _ in }
        var first = try tiny.trainer(configuration, "cut")
        var taken = 0
        _ = try first.train(shouldStop: { taken == 2 }) { if case .stepped = $0 { taken += 1 } }
        var second = try Trainer(resuming: tiny.run("cut"), on: tiny.device)
        _ = try second.train { _ in }
        let tensors = try tiny.lastTensors("cut")
        #expect(try tensors == tiny.lastTensors("whole"))
        let kinds = Set(
            tensors.keys.filter { $0.hasPrefix("optimizer.") }.map { $0.split(separator: ".")[1] })
        #expect(kinds == ["velocity"])
    }
}
