import CPU
import Files
import Foundation
import Imaging
import Recognition
import Tensors

/// Compares two ways to serve many users: to read two images at once, each on a device of one thread, or one after the
/// other on a device of two threads.
func measureConcurrentReading(_ load: Load) throws {
    let images = (0..<2).map { load.image($0) }
    let together = try load.recognizer(on: CPUDevice(threads: 2))
    let apart = try (0..<2).map { _ in try load.recognizer(on: CPUDevice(threads: 1)) }
    var watch = Stopwatch()
    load.repeatedly {
        watch.time("two images, one after the other on two threads") {
            for image in images { _ = try? together.read([image]) }
        }
        watch.time("two images at once, each on one thread") {
            DispatchQueue.concurrentPerform(iterations: 2) { _ = try? apart[$0].read([images[$0]]) }
        }
    }
    print("reading two images of 32×\(load.width), alternately:")
    print(watch.report)
}

extension Load {
    /// An image of stripes.
    fileprivate func image(_ number: Int) -> Image {
        Image(
            width: width, height: 32,
            pixels: (0..<32 * width).map { UInt8(truncatingIfNeeded: $0 % width * (3 + number)) })
    }

    fileprivate func recognizer(on device: CPUDevice) throws -> Recognizer {
        var generator = SeededGenerator(seed: 1)
        let network = try CRNN(.paper(), classCount: 37, on: device, using: &generator)
        return Recognizer(
            model: network, alphabet: .alphanumeric, preprocessor: Preprocessor(height: 32),
            on: device)
    }
}
