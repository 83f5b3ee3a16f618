import CPU
import Foundation

/// The machine on which `crnn benchmark` ran.
struct BenchmarkMachine: Encodable {
    let processor: String
    let cores: Int
    let engine: String
    let instructionSet: String
    let threads: Int

    init(_ device: CPUDevice) {
        processor = Self.processorName ?? "unknown processor"
        cores = ProcessInfo.processInfo.processorCount
        (engine, instructionSet, threads) = (device.name, device.instructionSet.rawValue, device.threads)
    }

    private static var processorName: String? {
        let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n")
        let name = lines?.first { $0.hasPrefix("model name") }?.split(separator: ":").last
        return name?.trimmingCharacters(in: .whitespaces)
    }
}
