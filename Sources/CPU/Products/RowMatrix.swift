internal import COneDNN
internal import Tensors

/// How the rows (all axes but the last) of a tensor follow each other in memory.
enum RowOrder: Sendable {
    /// As in the shape: batch by batch.
    case rowMajor
    /// The rows of one time step side by side; for sequences only.
    case timeMajor

    /// The layout of a shape whose rows stand in this order.
    func descriptor(_ shape: Shape) -> Descriptor {
        self == .timeMajor ? .timeMajor(shape) : .rowMajor(shape)
    }
}

/// A tensor as rows without gaps, in whichever order they lie.
struct RowMatrix {
    let memory: Memory
    let order: RowOrder
    let rows: Int
    let columns: Int

    var floats: UnsafeMutablePointer<Float> { memory.floats }
    /// Plain `[rows × columns]`.
    var descriptor: Descriptor { .dense([rows, columns]) }
}

extension CPUStorage {
    /// The rows in their order if they have no gaps, else in row-major order; where they lie if they are floats.
    var rows: RowMatrix {
        let layout = memory.descriptor.holding(dnnl_f32)
        let isTimeMajor = shape.rank == 3 && layout.matches(.timeMajor(shape))
        return rows(in: isTimeMajor && !layout.matches(.rowMajor(shape)) ? .timeMajor : .rowMajor)
    }

    /// The rows in a given order.
    func rows(in order: RowOrder) -> RowMatrix {
        RowMatrix(
            memory: context.reordered(memory, to: order.descriptor(shape)), order: order, rows: shape.rows,
            columns: shape.last)
    }
}
