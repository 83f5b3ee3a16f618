extension Unicode.Scalar {
    /// The code point as the Unicode Standard writes it: `U+00E9`.
    public var codePoint: String { "U+" + value.zeroPadded(to: 4, radix: 16, uppercase: true) }
}
