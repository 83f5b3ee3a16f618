internal import CKernels
internal import COneDNN

/// Whole numbers of 16 bits in panels, as the right factor of a product; see `integers.h`.
struct IntegerMatrix {
    let memory: Memory
    let matrix: crnn_int16_matrix

    private static let panel = PanelProduct.panel

    /// The layout of `count` matrices `[terms × columns]`; oneDNN has no whole numbers of 16 bits.
    static func layout(_ count: Int, terms: Int, columns: Int) -> Descriptor {
        Descriptor.dense([count, (columns + panel - 1) / panel, (terms + 1) / 2, panel, 2], dnnl_f16)
    }

    /// One of the matrices that lie in memory.
    init(_ memory: Memory, _ index: Int, terms: Int, columns: Int) {
        let pairs = (terms + 1) / 2
        let panel = Self.panel, size = (columns + panel - 1) / panel * pairs * panel * 2
        self.memory = memory
        matrix = crnn_int16_matrix(panels: memory.shorts + index * size, pairs: pairs, columns: columns)
    }
}

extension Memory {
    /// The bytes as whole numbers of 16 bits.
    var shorts: UnsafeMutablePointer<Int16> { buffer.bytes.assumingMemoryBound(to: Int16.self) }
}
