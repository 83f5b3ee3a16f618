extension Image {
    /// The largest size of an image that is decoded. The limits protect against decompression bombs: they are compared
    /// with the header before any pixel is decoded.
    public struct Limits: Sendable, Hashable {
        /// The maximum number of pixels.
        public var maximumPixels: Int

        /// The maximum number of pixels in a row.
        public var maximumWidth: Int

        /// The maximum number of rows.
        public var maximumHeight: Int

        /// Creates limits; the defaults are 2²⁶ pixels, and 2¹⁶ pixels on each side.
        public init(
            maximumPixels: Int = 1 << 26, maximumWidth: Int = 1 << 16, maximumHeight: Int = 1 << 16
        ) {
            self.maximumPixels = maximumPixels
            self.maximumWidth = maximumWidth
            self.maximumHeight = maximumHeight
        }

        /// 2²⁶ pixels, and 2¹⁶ on each side: enough for a page at 600 dots per inch.
        public static let standard = Limits()

        /// Throws if the size in `header` exceeds the limits.
        func check(_ header: ImageHeader) throws(ImageError) {
            let (pixels, overflow) = header.width.multipliedReportingOverflow(by: header.height)
            guard
                header.width <= maximumWidth, header.height <= maximumHeight, !overflow,
                pixels <= maximumPixels
            else { throw .tooLarge(width: header.width, height: header.height, limits: self) }
        }
    }
}
