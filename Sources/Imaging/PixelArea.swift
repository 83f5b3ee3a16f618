/// A rectangle of an image: ranges of columns and of rows.
public struct PixelArea: Sendable, Hashable {
    /// The columns, from the left.
    public var columns: Range<Int>
    /// The rows, from the top.
    public var rows: Range<Int>

    /// Creates an area.
    public init(columns: Range<Int>, rows: Range<Int>) { (self.columns, self.rows) = (columns, rows) }

    /// The number of columns.
    public var width: Int { columns.count }
    /// The number of rows.
    public var height: Int { rows.count }
}
