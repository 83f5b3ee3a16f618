internal import COneDNN
internal import Tensors

/// A logical size per axis and how the scalars lie in memory.
///
/// oneDNN counts an image's axes as batch, channel, height, width whatever the layout, a convolution kernel's
/// as output, input, height, width; other ranks keep the order of their `Shape`.
typealias Descriptor = dnnl_memory_desc_t

extension dnnl_memory_desc_t {
    /// Floats with explicit distances between neighbours along each axis.
    init(_ dimensions: [Int], strides: [Int]) {
        self.init()
        require(
            dnnl_memory_desc_init_by_strides(
                &self, Int32(dimensions.count), dimensions.map(Int64.init), dnnl_f32,
                strides.map(Int64.init)), "a plain descriptor of \(dimensions)")
    }

    /// Scalars in whatever layout a primitive likes best; floats unless told otherwise.
    init(anyLayoutOf dimensions: [Int], _ type: dnnl_data_type_t = dnnl_f32) {
        self.init()
        require(
            dnnl_memory_desc_init_by_tag(
                &self, Int32(dimensions.count), dimensions.map(Int64.init), type, dnnl_format_tag_any),
            "a descriptor of \(dimensions)")
    }

    /// The axes of a shape in oneDNN's order.
    static func dimensions(_ shape: Shape) -> [Int] {
        switch shape.rank {
        case 0: [1]
        case 4: [shape[0], shape[3], shape[1], shape[2]]
        default: shape.dimensions
        }
    }

    /// A tensor's scalars in row-major order of its shape.
    static func rowMajor(_ shape: Shape) -> Descriptor {
        guard shape.rank == 4 else { return dense(dimensions(shape)) }
        let (height, width, channels) = (shape[1], shape[2], shape[3])
        return Descriptor(
            dimensions(shape), strides: [height * width * channels, 1, width * channels, channels])
    }

    /// A sequence `[batch × time × features]` with the batch's rows of each time step side by side.
    static func timeMajor(_ shape: Shape) -> Descriptor {
        Descriptor(shape.dimensions, strides: [shape[2], shape[0] * shape[2], 1])
    }

    /// Images `[batch × height × width × channel]` in blocks of eight channels, which lie side by side.
    static func blocked(_ shape: Shape) -> Descriptor {
        var result = Descriptor()
        require(
            dnnl_memory_desc_init_by_tag(
                &result, 4, dimensions(shape).map(Int64.init), dnnl_f32, dnnl_nChw8c), "blocks of \(shape)")
        return result
    }

    /// An image of height 1 `[batch × 1 × time × features]` over the memory of a time-major sequence.
    static func timeMajorImage(_ shape: Shape) -> Descriptor {
        let (batch, features) = (shape[0], shape[3])
        return Descriptor(
            dimensions(shape), strides: [features, 1, features * batch * shape[2], features * batch])
    }

    /// A convolution kernel `[height × width × input × output]` in row-major order of that shape.
    static func kernel(_ shape: Shape) -> Descriptor {
        let (width, inputs, outputs) = (shape[1], shape[2], shape[3])
        return Descriptor(
            [outputs, inputs, shape[0], width],
            strides: [1, outputs, width * inputs * outputs, inputs * outputs])
    }

    /// Plain row-major memory of any rank.
    static func dense(_ dimensions: [Int]) -> Descriptor {
        var strides = dimensions.map { _ in 1 }
        for axis in dimensions.indices.dropLast().reversed() {
            strides[axis] = strides[axis + 1] * max(1, dimensions[axis + 1])
        }
        return Descriptor(dimensions, strides: strides)
    }

    /// The same layout of other elements.
    func holding(_ type: dnnl_data_type_t) -> Descriptor {
        var descriptor = self
        descriptor.data_type = type
        return descriptor
    }

    /// How many bytes the memory takes, padding included.
    var size: Int { withUnsafePointer(to: self) { dnnl_memory_desc_get_size($0) } }

    /// Whether both describe the same scalars at the same places.
    func matches(_ other: Descriptor) -> Bool {
        withUnsafePointer(to: self) { mine in
            withUnsafePointer(to: other) { dnnl_memory_desc_equal(mine, $0) != 0 }
        }
    }
}

/// Lends three descriptors to a function of C.
func withPointers(
    _ first: Descriptor, _ second: Descriptor, _ third: Descriptor,
    _ body: (UnsafePointer<Descriptor>, UnsafePointer<Descriptor>, UnsafePointer<Descriptor>) -> Void
) {
    withUnsafePointer(to: first) { first in
        withUnsafePointer(to: second) { second in
            withUnsafePointer(to: third) { third in body(first, second, third) }
        }
    }
}
