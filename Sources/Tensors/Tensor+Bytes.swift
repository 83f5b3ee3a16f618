/// How scalars are stored in bytes, little-endian.
public enum ScalarFormat: String, Sendable, Hashable, CaseIterable {
    /// IEEE 754 single precision.
    case float32 = "F32"
    /// IEEE 754 half precision: 11 significant bits, up to 65504.
    case float16 = "F16"
    /// Whole numbers from −128 to 127.
    case int8 = "I8"

    /// The bytes of one scalar.
    public var size: Int {
        switch self {
        case .float32: 4
        case .float16: 2
        case .int8: 1
        }
    }
}

extension Tensor {
    /// The scalars in row-major order as bytes; as whole numbers, those of ``wholeNumbers``.
    public func bytes(_ format: ScalarFormat = .float32) -> [UInt8] {
        switch format {
        case .float32: rawBytes(of: scalars)
        case .float16: rawBytes(of: scalars.map { Float16($0) })
        case .int8: rawBytes(of: wholeNumbers)
        }
    }

    /// Whether the tensor keeps whole numbers of 8 bits.
    public var isWhole: Bool { storage.whole != nil }

    /// The whole numbers in row-major order, in their units, that the tensor keeps; else its scalars, which have to be
    /// such numbers.
    public var wholeNumbers: [Int8] { storage.whole?.numbers ?? scalars.map { Int8($0) } }

    /// A tensor of scalars in row-major order, read from bytes to where they stay.
    ///
    /// - Parameters:
    ///   - format: How the scalars are stored.
    ///   - shape: The logical sizes.
    ///   - device: Where the tensor lives.
    ///   - read: Fills all of a span with the bytes from an offset on; asked for pieces in order.
    public init<Failure>(
        _ format: ScalarFormat, shape: Shape, on device: any Device,
        readingBytes read: (_ bytes: inout MutableRawSpan, _ offset: Int) throws(Failure) -> Void
    ) throws(Failure) {
        guard format != .int8 else {
            var numbers = [Int8](repeating: 0, count: shape.count)
            var span = numbers.mutableSpan
            var bytes = span.mutableBytes
            try read(&bytes, 0)
            self.init(whole: WholeNumbers(numbers), shape: shape, on: device)
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

/// Widens half-precision scalars in pieces that stay in the processor's cache.
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

/// The value of a half-precision number, by integer operations that compilers turn into vector instructions; the
/// conversion of `Float16` is a function call for each number where the processor is not known to have one.
///
/// Sign, exponent and mantissa are moved to their places, and 2¹¹² makes up for the difference of the exponents'
/// biases, subnormal numbers included. Infinities and NaN keep the greatest exponent.
private func single(ofHalf half: UInt16) -> Float {
    let sign = UInt32(half & 0x8000) << 16
    let magnitude = Float(bitPattern: UInt32(half & 0x7FFF) << 13) * 0x1p112
    let special: UInt32 = half & 0x7C00 == 0x7C00 ? 0x7F80_0000 : 0
    return Float(bitPattern: magnitude.bitPattern | special | sign)
}
