import Tensors

/// The input of the measured network.
struct BenchmarkInput {
    /// A pseudorandom pattern, `[batch × height × width × 1]`.
    let images: Tensor

    init(_ load: BenchmarkLoad, height: Int, on device: any Device) {
        let shape: Shape = [load.batch, height, load.width, 1]
        let scalars = (0..<shape.count).map { Float(($0 &* 2_654_435_761) % 1021) / 510 - 1 }
        images = Tensor(scalars, shape: shape, on: device)
    }

    /// Labels, some with repeated symbols, of eight symbols or half the number of frames, whichever is less.
    func labels(frames: Int, classCount: Int) -> [[Int]] {
        let length = min(8, frames / 2)
        return (0..<images.shape[0]).map { sample in
            (0..<length).map { 1 + (sample * 7 + $0 * $0) % (classCount - 1) }
        }
    }
}
