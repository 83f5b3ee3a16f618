import CommandSupport
import Evaluation
import Foundation
import Training

/// Shows the progress of training on standard error and its result on standard output.
struct TrainingDisplay {
    private let run: RunFolder
    private let limit: TrainingConfiguration.Limit
    private let batchSize: Int
    private var total = 1
    private var images = 0
    private var progress: ProgressLine?
    private var loss = RunningMean()
    private var accuracy = RunningMean()
    private var excluded = 0

    /// The maximum number of excluded samples that are printed.
    private static let printedExclusions = 20

    init(_ configuration: TrainingConfiguration, run: RunFolder) {
        self.run = run
        limit = configuration.limit
        batchSize = configuration.batchSize
    }

    /// Shows one event.
    mutating func show(_ event: TrainingEvent) {
        switch event {
        case .started(let overview): start(overview)
        case .excluded(let sample): exclude(sample)
        case .stepped(let step): show(step)
        case .validated(let validation): printLine(line(validation))
        case .warned(let text): printLine("warning: \(text)")
        case .saved: break
        }
    }

    /// Ends the progress display and prints a summary to standard output.
    mutating func finish(_ summary: TrainingSummary) throws {
        progress?.finish()
        if summary.excluded > 0 {
            StandardError.printLine("samples excluded from training: \(summary.excluded)")
        }
        if summary.ending == .interrupted {
            StandardError.printLine(
                "stopped after step \(summary.steps); resume with: crnn train --resume \(run.path)")
        }
        var rows = [
            ("ending", summary.ending == .stoppedEarly ? "stopped early" : summary.ending.rawValue),
            ("steps", "\(summary.steps)"), ("time", ProgressState.clockTime(summary.seconds)),
        ]
        if let best = summary.best {
            rows += [
                ("best step", "\(best.step)"), ("exact", percent(best.scores.exact)),
                ("CER", percent(best.scores.cer)),
            ]
        }
        rows += [("model", FileManager.default.fileExists(atPath: run.best) ? run.best : run.last)]
        for (name, value) in rows {
            try StandardOutput.printLine(name.padded(to: 18) + value)
        }
    }

    private mutating func start(_ overview: TrainingOverview) {
        StandardError.printLine(
            "parameters: \(overview.parameters), symbols: \(overview.symbols), samples: \(overview.trainingSamples) for "
                + "training, \(overview.validationSamples) for validation"
                + (overview.syntheticSamples > 0
                    ? "; synthetic samples for training, new in every epoch: \(overview.syntheticSamples)"
                    : "")
                + (overview.step > 0 ? "; resuming after step \(overview.step)" : ""))
        switch limit {
        case .epochs(let epochs): total = epochs * overview.trainingSamples
        case .steps(let steps): total = steps * batchSize
        }
    }

    private mutating func show(_ step: StepReport) {
        loss.add(Double(step.loss))
        accuracy.add(step.accuracy)
        images = Int(step.progress * Double(total))
        var line =
            progress ?? ProgressLine(total: total, label: "training", from: max(0, images - step.images))
        line.update(
            completed: images,
            detail:
                "step \(step.step), loss \(decimal(loss.value, digits: 3)), exact \(percent(accuracy.value))")
        progress = line
    }

    private mutating func exclude(_ sample: ExcludedSample) {
        excluded += 1
        if excluded <= Self.printedExclusions {
            printLine("excluded from training: \(sample)")
        } else if excluded == Self.printedExclusions + 1 {
            printLine("further excluded samples are only counted")
        }
    }

    private func line(_ validation: ValidationReport) -> String {
        let scores = validation.scores
        return
            "step \(validation.step): exact \(percent(scores.exact)), CER \(percent(scores.cer))"
            + (validation.isBest ? ", best so far" : "")
            + (validation.unreadable > 0
                ? "; \(validation.unreadable) of \(validation.samples) images cannot be decoded" : "")
    }

    private func printLine(_ line: String) {
        if let progress { progress.printLine(line) } else { StandardError.printLine(line) }
    }
}
