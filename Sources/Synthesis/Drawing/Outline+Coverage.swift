import CPango

extension Outline {
    /// The covered share of each pixel, 0 … 1: of the filled outline, or of its stroke if a pen width is given.
    ///
    /// - Parameters:
    ///   - width: The width of the result in pixels.
    ///   - height: The height of the result in pixels.
    ///   - penWidth: The width of the stroke in pixels; nil to fill the outline.
    func coverage(width: Int, height: Int, penWidth: Double? = nil) throws(SynthesisError) -> Plane {
        let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, Int32(width), Int32(height))
        defer { cairo_surface_destroy(surface) }
        let cairo = cairo_create(surface)
        defer { cairo_destroy(cairo) }
        addPath(to: cairo)
        if let penWidth {
            cairo_set_line_width(cairo, penWidth)
            cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
            cairo_stroke(cairo)
        } else {
            cairo_fill(cairo)
        }
        cairo_surface_flush(surface)
        guard cairo_status(cairo) == CAIRO_STATUS_SUCCESS, let bytes = cairo_image_surface_get_data(surface)
        else {
            throw .drawing(reason: String(cString: cairo_status_to_string(cairo_status(cairo))))
        }
        return Plane(
            bytes, stride: Int(cairo_image_surface_get_stride(surface)), width: width, height: height)
    }

    /// Appends the outline to cairo's current path.
    private func addPath(to cairo: OpaquePointer?) {
        var next = 0
        for verb in verbs {
            switch verb {
            case .move:
                cairo_move_to(cairo, points[next].x, points[next].y)
                next += 1
            case .line:
                cairo_line_to(cairo, points[next].x, points[next].y)
                next += 1
            case .curve:
                let (control1, control2, end) = (points[next], points[next + 1], points[next + 2])
                cairo_curve_to(cairo, control1.x, control1.y, control2.x, control2.y, end.x, end.y)
                next += 3
            case .close: cairo_close_path(cairo)
            }
        }
    }
}

extension Plane {
    /// Converts 8-bit rows that start every `stride` bytes; 255 becomes 1.
    fileprivate init(_ bytes: UnsafePointer<UInt8>, stride: Int, width: Int, height: Int) {
        let values = [Float](unsafeUninitializedCapacity: width * height) { values, count in
            for row in 0..<height {
                for column in 0..<width {
                    values[row * width + column] = Float(bytes[row * stride + column]) * (1 / 255)
                }
            }
            count = width * height
        }
        self.init(width: width, height: height, values: values)
    }
}
