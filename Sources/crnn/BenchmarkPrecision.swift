import ArgumentParser
import OneDNN

/// The numbers that `crnn benchmark` computes with.
enum BenchmarkPrecision: String, ExpressibleByArgument, CaseIterable, Encodable {
    case f32, bf16, int8, auto

    /// What is computed with in fact: `auto` becomes the fastest that there is.
    var resolved: BenchmarkPrecision { self == .auto ? .f32 : self }

    /// The matrix product that bounds the speed.
    var product: ProductPrecision {
        switch resolved {
        case .bf16: .bfloat16
        case .int8: .int8
        case .f32, .auto: .float32
        }
    }

    /// Throws where the program cannot compute with such numbers.
    func validate() throws(CommandError) {
        guard resolved == .f32 else {
            throw CommandError("\(rawValue) is not possible yet; give f32 or auto")
        }
    }

    /// A device that computes with such numbers.
    func device(threads: Int?) -> OneDNNDevice { OneDNNDevice(threads: threads) }
}
