import Imaging

/// A file whose image was decoded, and what is unusual about it.
struct ExaminedFile: Sendable {
    let file: ImageFile
    var shape = LineShape.line
    var pageCount = 1

    /// Why the answer for the image is probably wrong; nil if it looks like one line of text.
    var defect: String? {
        switch shape {
        case .line: nil
        case .tooTall:
            "not a line of text: at least \(LineShape.tallness) times as high as wide; turn the image, or cut it into lines"
        case .rows(let count):
            "not a line of text but about \(count) rows; cut the image into lines: one line is read from each image"
        }
    }

    /// What was left out; nil if there is nothing.
    var omission: String? { pageCount > 1 ? firstPageNote(pageCount) : nil }
}

/// What is said of an image of several pages.
func firstPageNote(_ pageCount: Int) -> String { "has \(pageCount) pages, of which only the first is read" }
