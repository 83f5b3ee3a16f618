import CommandSupport
import Recognition

extension BenchmarkReport {
    /// The machine, its peak, and the operation counts of the network.
    var heading: String {
        let rates = [("f32", peak.f32), ("bf16", peak.bf16), ("int8", peak.int8)].map {
            "\($0.0) \($0.1.map { decimal($0, digits: 0) } ?? "–")"
        }
        let counts = network.operations.map {
            "width \($0.width): \(giga($0.inference)) in inference, \(giga($0.training)) in training"
        }
        let lines = [
            ("machine", "\(machine.processor), \(machine.cores) cores"),
            ("engine", "\(machine.engine), \(machine.instructionSet), \(machine.threads) threads"),
            ("peak", rates.joined(separator: ", ") + " (matrix products, 10⁹ operations per second)"),
            (
                "network",
                "\(network.isPaper ? "CRNN paper" : "model"), \(network.classes) classes, height "
                    + "\(network.height), \(network.parameters) parameters"
            ), ("operations", "10⁹ for an image of " + counts.joined(separator: "; of ")),
        ]
        return lines.map { $0.0.padded(to: 12) + $0.1 }
            .joined(separator: "\n")
    }

    /// A table with one line for each load.
    var summary: String {
        let header = [
            "all", "precision", "batch", "width", "ms", "processor ms", "images/s", "of bound", "MiB",
        ]
        let rows = [(BenchmarkPhase.training, training), (.inference, inference)].flatMap { phase, figures in
            figures.map { ["\(phase)"] + $0.cells }
        }
        return "\n" + TextTable(rows: [header] + rows).text
    }
}

extension BenchmarkFigure {
    fileprivate var cells: [String] {
        [
            precision.rawValue, "\(batch)", "\(width)", decimal(milliseconds, digits: 2),
            decimal(processorMilliseconds, digits: 2), decimal(imagesPerSecond, digits: 1),
            boundFraction.map { decimal($0, digits: 2) } ?? "–", peakMebibytes.map(String.init) ?? "",
        ]
    }
}

extension BenchmarkResult {
    /// A table of the layers, and the speed of the network.
    var text: String {
        let title =
            "\n\(phase), \(figure.precision.rawValue), batch \(figure.batch), \(figure.height)×\(figure.width)"
        let header = ["layer", "pass", "10⁹/image", "ms", "10⁹/s", "share"]
        let table = layers.isEmpty ? "" : "\n" + TextTable(rows: [header] + layers.map(\.cells)).text
        let bound = figure.boundFraction.map { ", \(decimal($0, digits: 2)) of the bound" } ?? ""
        let memory = figure.peakMebibytes.map { ", peak memory \($0) MiB" } ?? ""
        return title + table + "\n\(decimal(figure.milliseconds, digits: 2)) ms, "
            + "\(decimal(figure.imagesPerSecond, digits: 1)) images/s" + bound + memory
    }
}

extension BenchmarkLayer {
    fileprivate var cells: [String] {
        [
            name, pass.rawValue, operations.map(giga) ?? "", decimal(milliseconds, digits: 2),
            rate.map { decimal($0, digits: 1) } ?? "", percent(share, digits: 1),
        ]
    }
}

private func giga(_ operations: Double) -> String { decimal(operations / 1e9, digits: 3) }
