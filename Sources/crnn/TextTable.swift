import Foundation

/// Rows of cells as a text: the first column on the left, numbers on the right.
struct TextTable {
    var rows: [[String]]

    var text: String {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { aligned($0, widths) }.joined(separator: "\n")
    }

    private func aligned(_ row: [String], _ widths: [Int]) -> String {
        zip(row, widths).enumerated().map { column, cell in
            let space = String(repeating: " ", count: cell.1 - cell.0.count)
            return column == 0 ? cell.0 + space : space + cell.0
        }.joined(separator: "  ")
    }
}

/// A number with a fixed count of decimals, whatever the user's language.
func decimal(_ value: Double, digits: Int) -> String {
    value.formatted(
        .number.precision(.fractionLength(digits)).grouping(.never).locale(
            Locale(identifier: "en_US_POSIX")))
}
