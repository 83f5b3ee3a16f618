import Datasets
import Files
import Foundation
import Imaging
import Tensors

/// The size of an image in pixels.
struct Size {
    let width: Int
    let height: Int
}

/// Measures data sets of a thousand, a hundred thousand and a million tiny images in `folder`: the times of random reads
/// and of a pass, and the memory.
func measureScale(_ folder: String) throws {
    for count in [1000, 100_000, 1_000_000] {
        let path = "\(folder)/scale-\(count)"
        let made = try seconds { try writeNumbered(count, Size(width: 16, height: 12), to: path) }
        let opened = try seconds { _ = try LMDBDataset(path) }
        let dataset = try LMDBDataset(path, isChecked: false)
        var generator = SeededGenerator(seed: 1)
        let indices = (0..<200_000).map { _ in Int.random(in: 0..<count, using: &generator) }
        var bytes = 0
        func read(_ index: Int) throws { bytes += try dataset.withSample(index) { $0.count + $1.utf8.count } }
        for index in indices { try read(index) }
        let random = try seconds { for index in indices { try read(index) } }
        let pass = try seconds { for index in 0..<count { try read(index) } }
        print("\(count) samples, \(dataset.fileSize / 1_000_000) MB:")
        print("  made in \(rounded(made)) s, opened and checked in \(rounded(opened * 1000)) ms")
        print(
            "  \(rounded(random / Double(indices.count) * 1e9)) ns for each of \(indices.count) random reads")
        print("  \(rounded(pass)) s for a pass, \(rounded(pass / Double(count) * 1e9)) ns for each sample")
        print("  at most \(peakMegabytes()) MB of memory so far, mapped pages of the file included")
    }
}

/// Writes a data set of distinct images, labelled with their numbers.
func writeNumbered(_ count: Int, _ size: Size, to path: String) throws {
    var writer = try DatasetWriter(path, replacing: true)
    var generator = SeededGenerator(seed: 1)
    for number in 0..<count {
        let pixels = (0..<size.width * size.height).map { position in
            let noise =
                position < 8
                ? UInt8(number >> (position * 3) & 7) * 30 : UInt8.random(in: 0...7, using: &generator)
            return UInt8(position / 3 % 2 * 120) &+ noise
        }
        try writer.append(
            image: try Image(width: size.width, height: size.height, pixels: pixels).encodedPNG(),
            label: "\(number)")
    }
    try writer.finish()
}

private func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try work()
    return (ContinuousClock.now - start) / .seconds(1)
}

/// The peak memory of the process in megabytes.
private func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
}
