import CPU
import Files
import Foundation
import Imaging
import Recognition
import Tensors
import TestSupport
import Testing

/// Files whose headers were changed at random: they are refused with a reason, or they can be read. A trap would end
/// the tests.
@Suite struct DamagedFileTests {
    private let bytes: Data
    private let original: Checkpoint

    init() throws {
        let folder = try TemporaryFolder()
        original = Checkpoint(
            model: try network(tinyConfiguration(), classCount: 4, seed: 9),
            alphabet: try Alphabet(["a", "b", "c"]),
            preprocessor: Preprocessor(height: 16, widthStep: 8, maximumWidth: 512),
            notes: ["training": #"{"step": 3, "shape": [1, 2]}"#])
        try original.write(to: folder.path("model"))
        bytes = try Data(contentsOf: URL(filePath: folder.path("model")))
    }

    @Test(arguments: [ReferenceDevice() as any Device, CPUDevice(threads: 1)])
    func changedHeadersAreReadOrRefused(device: any Device) throws {
        var generator = SeededGenerator(seed: 30)
        let image = Image(width: 20, height: 16, pixels: [UInt8](repeating: 200, count: 320))
        var refused = 0
        for _ in 0..<Self.count {
            let changed = damaged(using: &generator)
            do throws(CheckpointError) {
                let read = try Checkpoint(changed, named: "model", on: device)
                guard read.preprocessor == original.preprocessor,
                    read.model.configuration == original.model.configuration
                else { continue }
                _ = try? read.recognizer.read([image])
            } catch {
                refused += 1
                #expect(error.path == "model" && !error.reason.isEmpty)
            }
        }
        #expect(refused > Self.count / 2)
    }

    /// More are tried by hand: `CRNN_MUTATIONS=10000`.
    private static let count =
        ProcessInfo.processInfo.environment["CRNN_MUTATIONS"].flatMap { Int($0) } ?? 300

    /// The file with changes in its header. Most keep its size consistent, so that later checks are reached, too.
    private func damaged(using generator: inout SeededGenerator) -> Data {
        let size = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        var header = Array(bytes[8..<8 + size])
        for _ in 0..<Int.random(in: 1...3, using: &generator) { change(&header, using: &generator) }
        let isConsistent = Int.random(in: 0..<10, using: &generator) > 0
        let newSize = isConsistent ? header.count : Int.random(in: 0...2 * size, using: &generator)
        return Data((0..<8).map { UInt8(truncatingIfNeeded: newSize >> (8 * $0)) }) + Data(header)
            + bytes[(8 + size)...]
    }

    private static let numbers = [
        "0", "-1", "1", "13", "512", "65536", "4294967296", "4611686018427387904", "9223372036854775807",
        "99999999999999999999", "1.5", "1e300", "null", "[1,1,1,1,1,1,1,1,1,1,1,1,1]", "\"F16\"", "{}",
    ]

    private func change(_ header: inout [UInt8], using generator: inout SeededGenerator) {
        guard header.count > 1 else { return }
        let place = Int.random(in: 0..<header.count, using: &generator)
        let end = min(header.count, place + Int.random(in: 1...12, using: &generator))
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: header[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: header.removeSubrange(place..<end)
        case 2: header.insert(contentsOf: header[place..<end], at: place)
        default:
            let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
            guard let first = header[place...].firstIndex(where: isDigit) else { return }
            let last = header[first...].firstIndex { !isDigit($0) } ?? header.count
            let number = Self.numbers.randomElement(using: &generator) ?? "0"
            header.replaceSubrange(first..<last, with: Array(number.utf8))
        }
    }
}
