/// One measured combination of phase, batch size and image width.
struct BenchmarkLoad {
    let phase: BenchmarkPhase
    let batch: Int
    let width: Int
}
