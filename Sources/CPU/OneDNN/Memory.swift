internal import COneDNN

/// A buffer with a layout, and oneDNN's handle on it.
///
/// Sendable because nothing changes after `init`: kernels only read the handle, and `Buffer` proves the safety of the
/// bytes.
final class Memory: @unchecked Sendable {
    let descriptor: Descriptor
    let buffer: Buffer
    let handle: dnnl_memory_t

    /// A layout over a buffer that is large enough.
    init(_ descriptor: Descriptor, over buffer: Buffer, on engine: dnnl_engine_t) {
        self.descriptor = descriptor
        self.buffer = buffer
        var handle: dnnl_memory_t?
        require(onednn_memory_create(&handle, descriptor.handle, engine, buffer.bytes), "a memory handle")
        guard let handle else { fatalError("oneDNN returned no memory handle") }
        self.handle = handle
    }

    deinit { dnnl_memory_destroy(handle) }

    /// The bytes as 16-bit floats.
    var halves: UnsafeMutablePointer<UInt16> { buffer.bytes.assumingMemoryBound(to: UInt16.self) }

    /// The bytes as floats.
    var floats: UnsafeMutablePointer<Float> { buffer.bytes.assumingMemoryBound(to: Float.self) }
}
