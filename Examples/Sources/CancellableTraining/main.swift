// A training in a task: it reports its progress to an actor, and it is cancelled as any task. The run is resumed, and the
// trained model reads an image.
//
//     swift run -c release --package-path Examples CancellableTraining [--quick]

import CPU
import Datasets
import Foundation
import Imaging
import Recognition
import Training

let isQuick = CommandLine.arguments.contains("--quick")
let folder = FileManager.default.temporaryDirectory.appending(path: "crnn-example-\(getpid())")
defer { try? FileManager.default.removeItem(at: folder) }

// Data: the repository's images of numbers, with their texts.

let numbers = URL(filePath: #filePath).appending(path: "../../../../datasets/numbers").standardized
/// Writes a data set of the images to a path.
func writeNumbers(to path: String) throws {
    var writer = try DatasetWriter(path)
    let lines = try String(contentsOf: numbers.appending(path: "labels.tsv"), encoding: .utf8)
    for line in lines.split(separator: "\n") {
        let fields = line.split(separator: "\t").map { "\($0)" }
        let image = try Data(contentsOf: numbers.appending(path: fields[0]))
        try writer.append(image: Array(image), label: fields[1])
    }
    try writer.finish()
}

try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
try writeNumbers(to: folder.appending(path: "numbers").path)

// Progress: events come from the training's thread, so an actor takes them.

actor Progress {
    private(set) var step = 0
    private(set) var loss: Float = 0

    func note(_ report: StepReport) { (step, loss) = (report.step, report.loss) }
}

let progress = Progress()
let report: @Sendable (TrainingEvent) -> Void = { event in
    switch event {
    case .stepped(let step): Task { await progress.note(step) }
    case .validated(let validation): print("step \(validation.step): \(validation.scores.exact ?? 0) exact")
    case .warned(let text): print("warning: \(text)")
    default: break
    }
}

// Training: the first half ends because its task is cancelled, the second at its limit.

var configuration = TrainingConfiguration(
    network: .compact(height: 32), trainingPaths: [folder.appending(path: "numbers").path], threads: 2)
configuration.limit = .steps(isQuick ? 6 : 300)
configuration.validationInterval = isQuick ? 6 : 100
let run = RunFolder(folder.appending(path: "run").path)

let training = Task { [configuration] in
    try await Trainer(configuration, run: run, on: CPUDevice(threads: 2)).trained(report: report).summary
}
while await progress.step < (isQuick ? 2 : 100) { try await Task.sleep(for: .milliseconds(20)) }
training.cancel()
let first = try await training.value
print("\(first.ending.rawValue) after step \(first.steps)")

let (trained, second) = try await Trainer(resuming: run, on: CPUDevice(threads: 2)).trained(report: report)
print("\(second.ending.rawValue) after step \(second.steps)")

// The model: no file is needed.

let image = try Image(decoding: Data(contentsOf: numbers.appending(path: "unseen/0001.png")))
let transcript = try trained.checkpoint.recognizer.read([image])[0]
print("read: \(transcript.text)")
