import CPU
import Foundation

/// What `crnn benchmark` ran on.
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

/// The best rates of matrix products in 10⁹ operations a second; nil where the processor lacks the instructions.
struct BenchmarkPeak: Encodable {
    let f32: Double?
    let bf16: Double?
    let int8: Double?

    init(_ device: CPUDevice, seconds: Double) {
        f32 = device.productRate(.float32, seconds: seconds)
        bf16 = device.productRate(.bfloat16, seconds: seconds)
        int8 = device.productRate(.int8, seconds: seconds)
    }

    subscript(precision: BenchmarkPrecision) -> Double? {
        switch precision.product {
        case .float32: f32
        case .bfloat16: bf16
        case .int8: int8
        }
    }
}

/// The most memory that the process has had at once, as Linux counts it; nil or without effect elsewhere.
enum MemoryPeak {
    /// Forgets earlier peaks.
    static func reset() { try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs")) }

    /// The peak since the last ``reset()``, in MiB.
    static var mebibytes: Int? {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropLast().last.flatMap { Int($0) }.map {
            $0 / 1024
        }
    }
}
