extension Image {
    /// The largest picture that is worth decoding: a guard against decompression bombs, checked against the
    /// header before any pixel is decoded.
    public struct Limits: Sendable, Hashable {
        /// The most pixels in all.
        public var maximumPixels: Int

        /// The most pixels in a row.
        public var maximumWidth: Int

        /// The most rows.
        public var maximumHeight: Int

        /// Limits of 2²⁶ pixels and 2¹⁶ pixels a side, unless told otherwise.
        public init(
            maximumPixels: Int = 1 << 26, maximumWidth: Int = 1 << 16, maximumHeight: Int = 1 << 16
        ) {
            self.maximumPixels = maximumPixels
            self.maximumWidth = maximumWidth
            self.maximumHeight = maximumHeight
        }

        /// 2²⁶ pixels, 2¹⁶ a side: enough for a page at 600 dots an inch.
        public static let standard = Limits()

        /// Throws where a picture of `header`'s size is too large.
        func check(_ header: ImageHeader) throws(ImageError) {
            let (pixels, overflow) = header.width.multipliedReportingOverflow(by: header.height)
            guard
                header.width <= maximumWidth, header.height <= maximumHeight, !overflow,
                pixels <= maximumPixels
            else { throw .tooLarge(width: header.width, height: header.height, limits: self) }
        }
    }
}
