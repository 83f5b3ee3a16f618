import ArgumentParser
import CommandSupport
import Datasets
import Files
import Foundation
import Imaging

/// `crnn dataset sample`: draws a contact sheet of samples.
struct DatasetSample: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Draw a contact sheet of random samples.",
        discussion: """
            Samples are chosen at random and shown in the order of the data set, row by row. Each image is scaled to \
            fit its cell, with its label below. A list with the same name and the extension .tsv describes the cells: \
            row, column, key, label. It replaces only the list of an earlier sheet. If an image cannot be decoded, the reason replaces the label.

            Example:

                crnn dataset sample data/train --count 40 --output sheet.png
            """)

    @Argument(help: "The data set.")
    var path: String

    @Option(help: ArgumentHelp("The PNG file to write; an existing file is replaced.", valueName: "file.png"))
    var output: String

    @Option(help: ArgumentHelp("The number of samples.", valueName: "count"))
    var count = 60

    @Option(help: ArgumentHelp("The number of cells in a row.", valueName: "count"))
    var columns = 6

    @Option(help: ArgumentHelp("The height of a cell.", valueName: "pixels"))
    var cellHeight = 48

    @Option(help: ArgumentHelp("The width of a cell.", valueName: "pixels"))
    var cellWidth = 240

    @Option(help: ArgumentHelp("The seed of the random choice.", valueName: "number"))
    var seed: UInt64 = 1

    func validate() throws {
        guard output.hasSuffix(".png") else {
            throw ValidationError("--output \(output): give a file name with the extension .png")
        }
        for (name, value, limit) in [
            ("--count", count, 10_000), ("--columns", columns, 100), ("--cell-height", cellHeight, 1000),
            ("--cell-width", cellWidth, 4000),
        ] where !(1...limit).contains(value) {
            throw ValidationError("\(name) must be from 1 to \(limit)")
        }
    }

    func run() throws {
        let list = String(output.dropLast(4)) + ".tsv"
        for file in [output, list] { try requireApart(file: file, from: [], datasets: [path]) }
        try Self.requireReplaceable(list)
        let dataset = try crnn.dataset(path)
        guard dataset.count > 0 else { throw CommandError("\(path) has no samples") }
        var generator = SeededGenerator(seed: seed)
        let indices = Self.drawn(count, of: dataset.count, using: &generator).sorted()
        var sheet = ContactSheet(
            cells: indices.count, columns: min(columns, indices.count), width: cellWidth, height: cellHeight)
        var lines = Self.heading
        let captions = try CaptionRenderer(width: cellWidth, height: ContactSheet.captionHeight)
        for (cell, index) in indices.enumerated() {
            let place = "\(cell / sheet.columns + 1)\t\(cell % sheet.columns + 1)\t\(dataset.key(index))\t"
            let label = Self.shown(index, of: dataset, at: cell, on: &sheet)
            lines += place + label + "\n"
            sheet.caption(try captions.image(of: label), at: cell)
        }
        try captions.end()
        try AtomicFile.write(Data(try sheet.image.encodedPNG()), to: output)
        try AtomicFile.write(Data(lines.utf8), to: list)
        try StandardOutput.printLine("\(output): \(indices.count) of \(dataset.count) samples")
    }

    /// The first line of a list.
    private static let heading = "row\tcolumn\tkey\tlabel\n"

    /// Throws if there is a file at `list` that no earlier sheet has left.
    private static func requireReplaceable(_ list: String) throws {
        guard FileStatus(at: list)?.kind == .regular else { return }
        let file = try ByteSource(list)
        let start = try file.data(0..<min(file.count, heading.utf8.count))
        guard start == Data(heading.utf8) || start.isEmpty else {
            throw CommandError(
                "\(list) would be replaced by the list of the cells, but is another file; choose another name for "
                    + "--output")
        }
    }

    /// Shows a sample in its cell and returns its label on one line, or the reason why it cannot be shown.
    private static func shown(
        _ index: Int, of dataset: LMDBDataset, at cell: Int, on sheet: inout ContactSheet
    ) -> String {
        do {
            let sample = try dataset[index]
            sheet.show(try Image(decoding: sample.bytes), at: cell)
            return String(sample.label.map { $0.isNewline || $0 == "\t" || $0 == "\0" ? " " : $0 })
        } catch { return "(\(error))" }
    }

    /// `count` distinct numbers below `limit`, or all of them, by Floyd's algorithm.
    private static func drawn(
        _ count: Int, of limit: Int, using generator: inout SeededGenerator
    ) -> Set<Int> {
        guard count < limit else { return Set(0..<limit) }
        var drawn: Set<Int> = []
        for last in limit - count..<limit {
            let number = Int.random(in: 0...last, using: &generator)
            drawn.insert(drawn.contains(number) ? last : number)
        }
        return drawn
    }
}
