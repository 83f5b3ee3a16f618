import ArgumentParser

/// A phase that `crnn benchmark` measures.
enum BenchmarkPhase: String, ExpressibleByArgument, CaseIterable, Encodable {
    case training, inference
}
