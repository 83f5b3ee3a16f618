internal import CKernels

/// The last operations of a convolution: it adds a bias to each channel, then applies the ReLU if `relu`.
struct Epilogue {
    let bias: Memory?
    let relu: Bool

    /// Neither a bias nor a ReLU.
    static let none = Epilogue(bias: nil, relu: false)

    /// The operations for the channels from `channel` on.
    func kernelEpilogue(from channel: Int = 0) -> crnn_epilogue {
        crnn_epilogue(bias: bias.map { UnsafePointer($0.floats + channel) }, relu: relu)
    }
}
