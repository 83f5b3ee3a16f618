import ArgumentParser
import Foundation
import OneDNN
import Recognition
import Tensors

/// The options of every command that reads with a trained model.
struct ModelOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The trained model, such as run/best.safetensors.", valueName: "file"))
    var model: String?

    @Option(help: ArgumentHelp("Threads that compute; by default one per processor.", valueName: "count"))
    var threads: Int?

    func validate() throws {
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads is \(threads); give a number from 1 to 1024.")
        }
    }

    /// The trained recogniser.
    func recognizer() throws -> Recognizer {
        guard let model else {
            throw ValidationError(
                "There is no model to read with: name one by --model, such as run/best.safetensors. "
                    + "`crnn train --lmdb DATA --output run` makes one.")
        }
        return try Checkpoint(reading: model, on: makeDevice(threads: threads)).recognizer
    }

    /// How many threads decode and prepare images.
    var workers: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }
}

/// The device that computes, with the given number of threads or one per processor.
func makeDevice(threads: Int?) -> any Device { OneDNNDevice(threads: threads) }
