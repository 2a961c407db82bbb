import COneDNN
import Engines
import Synchronization

/// A primitive with the layouts of its arguments, ready to be executed from any thread.
final class Primitive: @unchecked Sendable {
    /// One argument: its index in oneDNN's numbering, and how its elements lie.
    struct Argument {
        let index: Int
        let layout: Layout
    }

    let library: OneDNNLibrary
    let arguments: [Argument]
    let implementation: String
    /// The threads that it divides its work among: those that there were when it was made, and must be when it runs.
    let threads: Int
    let handle: OpaquePointer
    let scratch: Layout
    /// The working memory that an execution needs.
    var scratchByteCount: Int { scratch.byteCount }
    private let frames = Mutex<[ExecutionFrame]>([])

    /// Makes the primitive that a description promises.
    ///
    /// - Throws: `EngineError`.
    init(_ description: PrimitiveDescription, _ arguments: [Argument]) throws(EngineError) {
        library = description.library
        self.arguments = arguments
        implementation = description.implementation
        threads = Int(description.library.functions.threads())
        if let layout = try description.layout(ONEDNN_QUERY_SCRATCHPAD) {
            scratch = layout
        } else {
            scratch = try Layout([0], description.library)
        }
        let functions = library.functions
        handle = try library.make("dnnl_primitive_create") { functions.createPrimitive($0, description.handle) }
    }

    deinit { _ = library.functions.destroyPrimitive(handle) }

    /// Executes the primitive on memory in the order of `arguments`, and returns when it is done.
    ///
    /// - Throws: `EngineError`.
    func execute(_ addresses: [UnsafeMutableRawPointer]) throws(EngineError) {
        let frame = try idleFrame()
        let memory = scratch.byteCount > 0 ? library.pool.buffer(scratch.byteCount) : nil
        try frame.execute(handle, addresses, scratch: memory?.pointer)
        frames.withLock { $0.append(frame) }
    }

    private func idleFrame() throws(EngineError) -> ExecutionFrame {
        if let frame = frames.withLock({ $0.popLast() }) { return frame }
        return try ExecutionFrame(library, arguments, scratch: scratch)
    }
}

/// The objects that one execution at a time needs: a stream and a memory object for each argument.
private final class ExecutionFrame: @unchecked Sendable {
    private let library: OneDNNLibrary
    private let stream: OpaquePointer
    private var memories: [OpaquePointer] = []
    private var arguments: [OneDNNArgument] = []

    init(
        _ library: OneDNNLibrary, _ arguments: [Primitive.Argument], scratch: Layout
    ) throws(EngineError) {
        self.library = library
        stream = try library.make("dnnl_stream_create") {
            library.functions.createStream($0, library.engine, UInt32(ONEDNN_STREAM_IN_ORDER))
        }
        for argument in arguments { try add(argument.index, argument.layout.handle) }
        try add(ONEDNN_ARGUMENT_SCRATCHPAD, scratch.handle)
    }

    deinit {
        for memory in memories { _ = library.functions.destroyMemory(memory) }
        _ = library.functions.destroyStream(stream)
    }

    private func add(_ index: Int, _ descriptor: OpaquePointer) throws(EngineError) {
        let library = library
        let memory = try library.make("dnnl_memory_create") {
            library.functions.createMemory($0, descriptor, library.engine, nil)
        }
        memories.append(memory)
        arguments.append(OneDNNArgument(index: Int32(index), memory: memory))
    }

    func execute(
        _ primitive: OpaquePointer, _ addresses: [UnsafeMutableRawPointer], scratch: UnsafeMutableRawPointer?
    ) throws(EngineError) {
        let functions = library.functions
        for (memory, address) in zip(memories, addresses) {
            try library.check("dnnl_memory_set_data_handle", functions.setAddress(memory, address))
        }
        if let memory = memories.last {
            try library.check("dnnl_memory_set_data_handle", functions.setAddress(memory, scratch))
        }
        let status = arguments.withUnsafeBufferPointer { arguments in
            arguments.baseAddress.map { functions.execute(primitive, stream, Int32(arguments.count), $0) } ?? 0
        }
        try library.check("dnnl_primitive_execute", status)
        try library.check("dnnl_stream_wait", functions.waitStream(stream))
    }
}
