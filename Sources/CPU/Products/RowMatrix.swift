internal import COneDNN
internal import Tensors

/// The order of a tensor's rows (all axes but the last) in memory.
enum RowOrder: Sendable {
    /// The order of the shape: batch by batch.
    case rowMajor
    /// The rows of one time step are adjacent. For sequences only.
    case timeMajor

    /// The layout of a shape whose rows have this order.
    func descriptor(_ shape: Shape) -> Descriptor {
        self == .timeMajor ? .timeMajor(shape) : .rowMajor(shape)
    }
}

/// A tensor as rows without gaps.
struct RowMatrix {
    let memory: Memory
    let order: RowOrder
    let rows: Int
    let columns: Int

    var floats: UnsafeMutablePointer<Float> { memory.floats }
    /// The layout `[rows × columns]`, whatever the order of the rows.
    var descriptor: Descriptor { .dense([rows, columns]) }
}

extension CPUStorage {
    /// The rows as floats, in their present order if they have no gaps, otherwise in row-major order. They are not
    /// copied if they already are so.
    var rows: RowMatrix {
        let layout = memory.descriptor.holding(dnnl_f32)
        let isTimeMajor = shape.rank == 3 && layout.matches(.timeMajor(shape))
        return rows(in: isTimeMajor && !layout.matches(.rowMajor(shape)) ? .timeMajor : .rowMajor)
    }

    /// The rows as floats in a given order.
    func rows(in order: RowOrder) -> RowMatrix {
        RowMatrix(
            memory: context.reordered(memory, to: order.descriptor(shape)), order: order, rows: shape.rows,
            columns: shape.last)
    }
}
