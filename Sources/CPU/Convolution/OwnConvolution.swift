/// A convolution of inference by one of this module's algorithms.
protocol InferenceConvolution {
    /// The outputs. What is derived from the kernel may be cached with it.
    func inferred(_ input: Memory, kernel: CPUStorage, _ epilogue: Epilogue) -> Memory
}

/// A convolution of a training step by one of this module's algorithms.
protocol TrainingConvolution {
    /// The outputs.
    func output(_ input: Memory, kernel: CPUStorage, _ epilogue: Epilogue) -> Memory
}
