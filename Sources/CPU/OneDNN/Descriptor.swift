internal import COneDNN
internal import Tensors

/// oneDNN's description of a tensor: the size of each axis, the element type and the layout in memory.
///
/// Whatever the layout, the axes of an image are batch, channel, height, width, and those of a convolution kernel are
/// output, input, height, width. Other ranks keep the order of their `Shape`.
///
/// Sendable because a description never changes.
final class Descriptor: @unchecked Sendable {
    let handle: onednn_layout

    /// Owns a layout that a function of COneDNN creates.
    private init(
        _ operation: @autoclosure () -> String, _ create: (inout onednn_layout?) -> dnnl_status_t
    ) {
        var created: onednn_layout?
        require(create(&created), operation())
        guard let created else { fatalError("\(operation()): oneDNN returned no layout") }
        handle = created
    }

    deinit { onednn_layout_destroy(handle) }

    /// A layout with a stride for each axis.
    convenience init(_ dimensions: [Int], strides: [Int], _ type: dnnl_data_type_t = dnnl_f32) {
        self.init("a plain layout of \(dimensions)") {
            onednn_layout_create_with_strides(
                &$0, Int32(dimensions.count), dimensions.map(Int64.init), type, strides.map(Int64.init))
        }
    }

    /// A layout that oneDNN has a name for.
    convenience init(_ dimensions: [Int], _ tag: dnnl_format_tag_t, _ type: dnnl_data_type_t = dnnl_f32) {
        self.init("a layout of \(dimensions)") {
            onednn_layout_create_with_tag(
                &$0, Int32(dimensions.count), dimensions.map(Int64.init), type, tag)
        }
    }

    /// A placeholder for the layout that an operation chooses.
    convenience init(anyLayoutOf dimensions: [Int], _ type: dnnl_data_type_t = dnnl_f32) {
        self.init(dimensions, dnnl_format_tag_any, type)
    }

    /// The layout that an operation expects for one of its arguments.
    convenience init(_ argument: dnnl_query_t, of operation: PrimitiveDescriptor) {
        self.init("a layout of \(operation.implementation)") {
            onednn_operation_layout(&$0, operation.handle, argument)
        }
    }

    /// The same layout with another element type.
    func holding(_ type: dnnl_data_type_t) -> Descriptor {
        guard type != elementType else { return self }
        return Descriptor("a layout of another type") {
            onednn_layout_create_with_type(&$0, handle, type)
        }
    }

    var elementType: dnnl_data_type_t { onednn_layout_type(handle) }

    /// The size in bytes, padding included.
    var size: Int { onednn_layout_size(handle) }

    /// Whether both describe the same scalars in the same layout.
    func matches(_ other: Descriptor) -> Bool {
        self === other || onednn_layouts_are_equal(handle, other.handle)
    }
}

extension Descriptor {
    /// The axes of a shape in oneDNN's order.
    static func dimensions(_ shape: Shape) -> [Int] {
        switch shape.rank {
        case 0: [1]
        case 4: [shape[0], shape[3], shape[1], shape[2]]
        default: shape.dimensions
        }
    }

    /// The row-major layout of a shape.
    static func rowMajor(_ shape: Shape, _ type: dnnl_data_type_t = dnnl_f32) -> Descriptor {
        guard shape.rank == 4 else { return dense(dimensions(shape), type) }
        let (height, width, channels) = (shape[1], shape[2], shape[3])
        return Descriptor(
            dimensions(shape), strides: [height * width * channels, 1, width * channels, channels], type)
    }

    /// A sequence `[batch × time × features]` in time-major order: the rows of a time step are adjacent.
    static func timeMajor(_ shape: Shape, _ type: dnnl_data_type_t = dnnl_f32) -> Descriptor {
        Descriptor(shape.dimensions, strides: [shape[2], shape[0] * shape[2], 1], type)
    }

    /// Images `[batch × height × width × channel]` in blocks of eight adjacent channels.
    static func blocked(_ shape: Shape) -> Descriptor { Descriptor(dimensions(shape), dnnl_nChw8c) }

    /// An image of height 1 `[batch × 1 × time × features]` over the memory of a time-major sequence.
    static func timeMajorImage(_ shape: Shape) -> Descriptor {
        let (batch, features) = (shape[0], shape[3])
        return Descriptor(
            dimensions(shape), strides: [features, 1, features * batch * shape[2], features * batch])
    }

    /// A convolution kernel `[height × width × input × output]` in row-major order of that shape.
    static func kernel(_ shape: Shape, _ type: dnnl_data_type_t = dnnl_f32) -> Descriptor {
        let (width, inputs, outputs) = (shape[1], shape[2], shape[3])
        return Descriptor(
            [outputs, inputs, shape[0], width],
            strides: [1, outputs, width * inputs * outputs, inputs * outputs], type)
    }

    /// The row-major layout of dimensions in oneDNN's order.
    static func dense(_ dimensions: [Int], _ type: dnnl_data_type_t = dnnl_f32) -> Descriptor {
        var strides = dimensions.map { _ in 1 }
        for axis in dimensions.indices.dropLast().reversed() {
            strides[axis] = strides[axis + 1] * max(1, dimensions[axis + 1])
        }
        return Descriptor(dimensions, strides: strides, type)
    }
}
