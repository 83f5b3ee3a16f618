extension Tensor {
    /// The scalars in row-major order as bytes; in int8, those of ``int8Values``.
    public func bytes(_ format: ScalarFormat = .float32) -> [UInt8] {
        switch format {
        case .float32: rawBytes(of: scalars)
        case .float16: rawBytes(of: scalars.map { Float16($0) })
        case .int8: rawBytes(of: int8Values)
        }
    }

    /// Whether the storage keeps int8 values.
    public var isInt8: Bool { storage.int8 != nil }

    /// The int8 values in row-major order that the storage keeps, without their scales. If it keeps floats, they have
    /// to be integers from −128 to 127.
    public var int8Values: [Int8] { storage.int8?.integers ?? scalars.map { Int8($0) } }

    /// A tensor of scalars in row-major order, read straight into the storage.
    ///
    /// - Parameters:
    ///   - format: How the scalars are stored.
    ///   - shape: The logical sizes.
    ///   - device: Where the tensor lives.
    ///   - read: Fills a span with the bytes from an offset on; called for consecutive pieces, in order.
    public init<Failure>(
        _ format: ScalarFormat, shape: Shape, on device: any Device,
        readingBytes read: (_ bytes: inout MutableRawSpan, _ offset: Int) throws(Failure) -> Void
    ) throws(Failure) {
        guard format != .int8 else {
            var integers = [Int8](repeating: 0, count: shape.count)
            var span = integers.mutableSpan
            var bytes = span.mutableBytes
            try read(&bytes, 0)
            self.init(int8: Int8Values(integers), shape: shape, on: device)
            return
        }
        try self.init(shape: shape, on: device) { (scalars: inout MutableSpan<Float>) throws(Failure) in
            guard format == .float16 else {
                var bytes = scalars.mutableBytes
                return try read(&bytes, 0)
            }
            try fill(&scalars, withHalves: read)
        }
    }
}

private func rawBytes<Value: BitwiseCopyable>(of values: [Value]) -> [UInt8] {
    values.withUnsafeBytes { [UInt8]($0) }
}

/// Converts half-precision scalars in pieces that stay in the L1 cache.
private func fill<Failure>(
    _ scalars: inout MutableSpan<Float>,
    withHalves read: (_ bytes: inout MutableRawSpan, _ offset: Int) throws(Failure) -> Void
) throws(Failure) {
    var piece = [UInt16](repeating: 0, count: min(scalars.count, 1 << 13))
    var start = 0
    while start < scalars.count {
        piece.removeLast(max(0, piece.count - (scalars.count - start)))
        var halves = piece.mutableSpan
        var bytes = halves.mutableBytes
        try read(&bytes, 2 * start)
        for index in piece.indices { scalars[start + index] = single(ofHalf: piece[index]) }
        start += piece.count
    }
}

/// The value of a half-precision number, by integer operations that compilers vectorize. `Float(Float16)` is one
/// function call for each number unless the compiler may assume that the processor converts.
///
/// Sign, exponent and mantissa are shifted to their places. The factor 2¹¹² corrects the exponent's bias, for subnormal
/// numbers, too. Infinities and NaN keep the greatest exponent.
private func single(ofHalf half: UInt16) -> Float {
    let sign = UInt32(half & 0x8000) << 16
    let magnitude = Float(bitPattern: UInt32(half & 0x7FFF) << 13) * 0x1p112
    let special: UInt32 = half & 0x7C00 == 0x7C00 ? 0x7F80_0000 : 0
    return Float(bitPattern: magnitude.bitPattern | special | sign)
}
