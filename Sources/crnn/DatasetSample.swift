import ArgumentParser
import Datasets
import Foundation
import Imaging
import Recognition
import Tensors

/// `crnn dataset sample`: some samples side by side, to look at.
struct DatasetSample: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Draw a contact sheet of samples, to look at.",
        discussion: """
            Samples are drawn at random and shown in their order, row by row, each scaled to fit its cell. Beside the \
            PNG, a list of the same name with the ending .tsv says what the cells show: row, column, key, label. \
            A cell whose image cannot be decoded stays empty, and the list says why.

            Example:

                crnn dataset sample data/train --count 40 --output sheet.png
            """)

    @Argument(help: "The data set.")
    var path: String

    @Option(help: ArgumentHelp("The PNG to write; a file that is there is replaced.", valueName: "file.png"))
    var output: String

    @Option(help: ArgumentHelp("How many samples to show.", valueName: "count"))
    var count = 60

    @Option(help: ArgumentHelp("How many cells a row has.", valueName: "count"))
    var columns = 6

    @Option(help: ArgumentHelp("Height of a cell.", valueName: "pixels"))
    var cellHeight = 48

    @Option(help: ArgumentHelp("Width of a cell.", valueName: "pixels"))
    var cellWidth = 240

    @Option(help: ArgumentHelp("Decides which samples are shown.", valueName: "number"))
    var seed: UInt64 = 1

    func validate() throws {
        guard output.hasSuffix(".png") else { throw ValidationError("--output \(output): name a .png") }
        for (name, value, limit) in [
            ("--count", count, 10_000), ("--columns", columns, 100), ("--cell-height", cellHeight, 1000),
            ("--cell-width", cellWidth, 4000),
        ] where !(1...limit).contains(value) {
            throw ValidationError("\(name) must be from 1 to \(limit)")
        }
    }

    func run() throws {
        let dataset = try LMDBDataset(path)
        guard dataset.count > 0 else { throw CommandError("\(path) holds no samples to show") }
        var generator = SeededGenerator(seed: seed)
        let indices = Self.drawn(count, of: dataset.count, using: &generator).sorted()
        var sheet = ContactSheet(
            cells: indices.count, columns: min(columns, indices.count), width: cellWidth, height: cellHeight)
        var lines = "row\tcolumn\tkey\tlabel\n"
        for (cell, index) in indices.enumerated() {
            let place = "\(cell / sheet.columns + 1)\t\(cell % sheet.columns + 1)\t\(dataset.key(index))\t"
            lines += place + Self.shown(index, of: dataset, at: cell, on: &sheet) + "\n"
        }
        try AtomicFile.write(Data(try sheet.image.encodedPNG()), to: output)
        try AtomicFile.write(Data(lines.utf8), to: output.dropLast(4) + ".tsv")
        try StandardOutput.printLine("\(output): \(indices.count) of \(dataset.count) samples")
    }

    /// Puts a sample into its cell; returns its label, or why it is not shown.
    private static func shown(
        _ index: Int, of dataset: LMDBDataset, at cell: Int, on sheet: inout ContactSheet
    ) -> String {
        do {
            let sample = try dataset[index]
            sheet.show(try Image(decoding: sample.bytes), at: cell)
            return String(sample.label.map { "\t\n\r\r\n".contains($0) ? " " : $0 })
        } catch { return "(\(error))" }
    }

    /// `count` different numbers below `limit`, or all of them, by Floyd's algorithm.
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

/// Pictures in cells of one size, parted by grey lines.
struct ContactSheet {
    let columns: Int
    private let width: Int
    private let height: Int
    /// The sheet so far.
    private(set) var image: Image

    private static let gap = 4
    private static let line: UInt8 = 170
    private static let paper: UInt8 = 255

    /// A sheet of empty cells, each `width` × `height` pixels.
    init(cells: Int, columns: Int, width: Int, height: Int) {
        (self.columns, self.width, self.height) = (columns, width, height)
        let rows = (cells + columns - 1) / columns
        let (sheetWidth, sheetHeight) = (
            columns * (width + Self.gap) + Self.gap, rows * (height + Self.gap) + Self.gap
        )
        image = Image(
            width: sheetWidth, height: sheetHeight,
            pixels: [UInt8](repeating: Self.line, count: sheetWidth * sheetHeight))
        let blank = Image(
            width: width, height: height, pixels: [UInt8](repeating: Self.paper, count: width * height))
        for cell in 0..<cells { place(blank, at: cell) }
    }

    /// Shows a picture in a cell, as large as fits.
    mutating func show(_ picture: Image, at cell: Int) {
        let scale = min(Double(width) / Double(picture.width), Double(height) / Double(picture.height))
        place(
            picture.resized(
                width: min(width, max(1, Int((Double(picture.width) * scale).rounded()))),
                height: min(height, max(1, Int((Double(picture.height) * scale).rounded())))), at: cell)
    }

    private mutating func place(_ picture: Image, at cell: Int) {
        let left = Self.gap + cell % columns * (width + Self.gap)
        let top = Self.gap + cell / columns * (height + Self.gap) + (height - picture.height) / 2
        for row in 0..<picture.height {
            let start = (top + row) * image.width + left
            let line = picture.pixels[row * picture.width..<(row + 1) * picture.width]
            image.pixels.replaceSubrange(start..<start + picture.width, with: line)
        }
    }
}
