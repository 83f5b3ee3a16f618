internal import CPango

extension Outline {
    /// How much of each pixel lies inside the outline, or under a pen of `penWidth` pixels that follows it.
    func coverage(width: Int, height: Int, penWidth: Double? = nil) throws(SynthesisError) -> Plane {
        let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, Int32(width), Int32(height))
        defer { cairo_surface_destroy(surface) }
        let cairo = cairo_create(surface)
        defer { cairo_destroy(cairo) }
        follow(cairo)
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

    /// Makes the outline cairo's current path.
    private func follow(_ cairo: OpaquePointer?) {
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
                let (first, second, end) = (points[next], points[next + 1], points[next + 2])
                cairo_curve_to(cairo, first.x, first.y, second.x, second.y, end.x, end.y)
                next += 3
            case .close: cairo_close_path(cairo)
            }
        }
    }
}

extension Plane {
    /// Copies 8-bit rows that lie `stride` bytes apart.
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
