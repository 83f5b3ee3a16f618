internal import COneDNN
internal import Synchronization

/// The state that all kernels and tensors of a device share: its buffers, threads and choices of algorithms.
final class Context: Sendable {
    let pool = BufferPool()
    /// The most threads that a kernel uses.
    let threads: Int
    let algorithms: AlgorithmChoice
    /// Whether prepared convolution kernels are cached for further inferences.
    let cachesKernels: Bool

    init(threads: Int, measuresAlgorithms: Bool, cachesKernels: Bool) {
        self.threads = threads
        self.cachesKernels = cachesKernels
        algorithms = AlgorithmChoice(isMeasured: measuresAlgorithms)
    }

    /// Memory with arbitrary contents.
    func memory(_ descriptor: Descriptor) -> Memory {
        Memory(descriptor, over: pool.take(descriptor.size), on: Engine.cpu.handle)
    }

    /// Memory of floats.
    private func memory(_ values: [Float]) -> Memory {
        let memory = memory(.dense([values.count]))
        memory.floats.update(from: values, count: values.count)
        return memory
    }

    /// Memory of zeros.
    func zeros(_ dimensions: [Int]) -> Memory {
        let memory = memory(.dense(dimensions))
        memory.floats.update(repeating: 0, count: dimensions.reduce(1, *))
        return memory
    }

    /// The same bytes with another layout.
    func view(_ memory: Memory, as descriptor: Descriptor) -> Memory {
        Memory(descriptor, over: memory.buffer, on: Engine.cpu.handle)
    }

    /// The same scalars in another layout; the memory itself if it already has this layout.
    func reordered(_ source: Memory, to layout: Descriptor) -> Memory {
        guard !source.descriptor.matches(layout) else { return source }
        let result = memory(layout)
        reorder(source, into: result)
        return result
    }

    /// Copies scalars from one layout and type to another, multiplied by `scale`.
    func reorder(_ source: Memory, into target: Memory, scale: Float = 1) {
        useThreads()
        let attributes = Attributes()
        if scale != 1 { attributes.scaleReorder(by: scale) }
        let descriptor = PrimitiveDescriptor("a change of layout", attributes) {
            onednn_reorder($0, $1, source.descriptor.handle, target.descriptor.handle)
        }
        run(descriptor, [DNNL_ARG_SRC_0: source, DNNL_ARG_DST_0: target])
    }

    /// Sets the number of oneDNN's threads. Call it before an operation is described.
    func useThreads() { Team.limitLibrary(to: availableThreads) }

    /// The number of threads that the caller may use: one inside a team, whose members are all at work.
    private var availableThreads: Int { Team.isInside ? 1 : threads }

    /// Executes an operation on its arguments, among them an optional one.
    func run(
        _ descriptor: PrimitiveDescriptor, _ arguments: KeyValuePairs<Int32, Memory>,
        and another: (argument: Int32, memory: Memory)? = nil
    ) {
        var primitive: dnnl_primitive_t?
        require(dnnl_primitive_create(&primitive, descriptor.handle), "a primitive")
        defer { dnnl_primitive_destroy(primitive) }
        var stream: dnnl_stream_t?
        require(
            dnnl_stream_create(&stream, Engine.cpu.handle, dnnl_stream_default_flags.rawValue), "a stream")
        defer { dnnl_stream_destroy(stream) }
        let scratch = memory(descriptor.layout(dnnl_query_scratchpad_md))
        let factors = descriptor.factors.map { memory($0.values) }
        var list = arguments.map { dnnl_exec_arg_t(arg: $0.key, memory: $0.value.handle) }
        list.append(dnnl_exec_arg_t(arg: DNNL_ARG_SCRATCHPAD, memory: scratch.handle))
        if let another { list.append(dnnl_exec_arg_t(arg: another.argument, memory: another.memory.handle)) }
        if let argument = descriptor.factors?.argument, let factors {
            list.append(dnnl_exec_arg_t(arg: argument, memory: factors.handle))
        }
        withExtendedLifetime((arguments, another, scratch, factors)) {
            require(
                dnnl_primitive_execute(primitive, stream, Int32(list.count), list),
                "running \(descriptor.implementation)")
            require(dnnl_stream_wait(stream), "waiting for \(descriptor.implementation)")
        }
    }
}

extension Context {
    /// Calls `body` for consecutive ranges that cover `0..<count`, on several threads if there is enough work. A thread
    /// that is done with a range takes the next one, so a thread that other programs slow down does not delay the rest.
    func forEachRange(of count: Int, grain: Int = 1 << 15, _ body: (Range<Int>) -> Void) {
        let threads = availableThreads
        let pieces = max(1, min(threads * Self.piecesOfThread, count / grain))
        let length = (count + pieces - 1) / pieces, next = Atomic(0)
        Team.run(shares: min(threads, pieces)) { _ in
            while true {
                let start = next.add(length, ordering: .relaxed).oldValue
                guard start < count else { return }
                body(start..<min(count, start + length))
            }
        }
    }

    /// Calls `body` for consecutive ranges that cover `0..<count`, one per thread, if there is enough work. A range's
    /// `share` is its number, less than `threads`.
    func forEachShare(of count: Int, grain: Int, _ body: (_ share: Int, Range<Int>) -> Void) {
        let shares = max(1, min(availableThreads, count / grain))
        let length = (count + shares - 1) / shares
        Team.run(shares: shares) { share in
            let start = share * length
            if start < count { body(share, start..<min(count, start + length)) }
        }
    }

    /// The number of ranges for each thread, if there is enough work.
    private static let piecesOfThread = 6
}
