import CPU

/// The peak rates of matrix products in 10⁹ operations per second; nil if the processor lacks the instructions.
struct BenchmarkPeak: Encodable {
    let f32: Double?
    let bf16: Double?
    let int8: Double?

    init(_ device: CPUDevice, seconds: Double) {
        f32 = device.productRate(.float32, seconds: seconds)
        bf16 = device.productRate(.bfloat16, seconds: seconds)
        int8 = device.productRate(.int8, seconds: seconds)
    }

    subscript(precision: BenchmarkPrecision) -> Double? {
        switch precision.product {
        case .float32: f32
        case .bfloat16: bf16
        case .int8: int8
        }
    }
}
