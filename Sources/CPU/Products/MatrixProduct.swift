internal import CKernels
internal import COneDNN

/// Floats in memory as rows of equal length, or the transpose of such rows.
struct Operand {
    let floats: UnsafePointer<Float>
    /// The distance between rows in memory.
    let stride: Int
    var isTransposed = false

    /// The same floats with rows and columns exchanged.
    var transposed: Operand { Operand(floats: floats, stride: stride, isTransposed: !isTransposed) }

    /// The columns, as they lie in memory, from `columns` on.
    func dropping(columns: Int) -> Operand {
        Operand(floats: floats + columns, stride: stride, isTransposed: isTransposed)
    }

    fileprivate var letter: CChar { CChar(UInt8(ascii: isTransposed ? "T" : "N")) }

    fileprivate var matrix: crnn_const_matrix { crnn_const_matrix(values: floats, stride: stride) }
}

/// The sizes of a product: a result `[rows × columns]`, each a sum over `inner` terms.
struct ProductSizes {
    let rows: Int
    let columns: Int
    let inner: Int

    fileprivate var kernelSizes: crnn_product_sizes {
        crnn_product_sizes(rows: rows, columns: columns, terms: inner)
    }

    /// Whether a product is left to this module's kernel. Before its first product, oneDNN generates code for ten to
    /// thirty milliseconds, which is longer than it takes to read an image. The products of one image are below the
    /// limit, and as fast without oneDNN.
    fileprivate var isSmall: Bool { rows * columns * inner <= 1 << 25 }
}

/// `result ← left · right`, or `result ← result + left · right` if `adds`. The rows of the result lie `stride` apart,
/// by default without gaps.
func multiply(
    _ left: Operand, _ right: Operand, adds: Bool = false, to result: UnsafeMutablePointer<Float>,
    stride: Int? = nil, _ sizes: ProductSizes
) {
    guard sizes.rows > 0, sizes.columns > 0 else { return }
    let stride = stride ?? sizes.columns
    let isSmall = !left.isTransposed && !right.isTransposed && sizes.isSmall
    // oneDNN does not change the result of an empty sum.
    if !adds, isSmall || sizes.inner == 0 {
        for row in 0..<sizes.rows { (result + row * stride).update(repeating: 0, count: sizes.columns) }
    }
    guard sizes.inner > 0 else { return }
    if isSmall {
        return kernels.gemm.add_product(
            crnn_matrix(values: result, stride: stride), left.matrix, right.matrix, sizes.kernelSizes)
    }
    require(
        dnnl_sgemm(
            left.letter, right.letter, Int64(sizes.rows), Int64(sizes.columns), Int64(sizes.inner), 1,
            left.floats, Int64(left.stride), right.floats, Int64(right.stride), adds ? 1 : 0, result,
            Int64(stride)),
        "a product of \(sizes.rows)×\(sizes.inner) and \(sizes.inner)×\(sizes.columns)")
}
