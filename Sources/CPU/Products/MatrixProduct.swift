internal import CKernels
internal import COneDNN

/// Floats in memory as rows of equal length, maybe to be read transposed.
struct Operand {
    let floats: UnsafePointer<Float>
    /// The distance between rows as they lie in memory.
    let stride: Int
    var isTransposed = false

    /// The same floats with rows and columns exchanged.
    var transposed: Operand { Operand(floats: floats, stride: stride, isTransposed: !isTransposed) }

    /// The columns from `columns` on, as they lie in memory.
    func dropping(columns: Int) -> Operand {
        Operand(floats: floats + columns, stride: stride, isTransposed: isTransposed)
    }

    fileprivate var letter: CChar { CChar(UInt8(ascii: isTransposed ? "T" : "N")) }
}

/// The most multiplications of a product that need not be oneDNN's: before its first one, oneDNN spends ten to thirty
/// milliseconds on generating code, more than an image takes to read. One image's products are below, and no slower.
private let smallProduct = 1 << 25

/// `result ← result · keeping + left · right`, for a result `[rows × columns]` summed over `inner` terms; its rows
/// lie `stride` apart, without gaps unless given.
func multiply(
    _ left: Operand, _ right: Operand, into result: UnsafeMutablePointer<Float>, stride: Int? = nil,
    rows: Int, columns: Int, inner: Int, keeping: Float = 0
) {
    guard rows > 0, columns > 0 else { return }
    let stride = stride ?? columns
    let isSmall =
        !left.isTransposed && !right.isTransposed && (keeping == 0 || keeping == 1)
        && rows * columns * inner <= smallProduct
    if keeping == 0, isSmall || inner == 0 {
        // oneDNN leaves the result of an empty sum as it was.
        for row in 0..<rows { (result + row * stride).update(repeating: 0, count: columns) }
    }
    guard inner > 0 else { return }
    if isSmall {
        return kernels.gemm.add_product(
            left.floats, left.stride, right.floats, right.stride, result, stride, rows, columns, inner)
    }
    require(
        dnnl_sgemm(
            left.letter, right.letter, Int64(rows), Int64(columns), Int64(inner), 1, left.floats,
            Int64(left.stride), right.floats, Int64(right.stride), keeping, result, Int64(stride)),
        "a product of \(rows)×\(inner) and \(inner)×\(columns)")
}
