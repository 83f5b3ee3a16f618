/// Rows of cells as text: the first column is left-aligned, the others are right-aligned.
public struct TextTable {
    /// The rows, each with the same number of cells.
    public var rows: [[String]]

    /// A table with the given rows.
    public init(rows: [[String]]) { self.rows = rows }

    /// The table, one line for each row.
    public var text: String {
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
