import COneDNN
import Engines

/// Operations that a primitive does on each element of its result before it is stored.
final class PostOperations {
    let handle: OpaquePointer
    private let library: OneDNNLibrary
    /// How many operations there are.
    private(set) var count = 0

    /// Makes an empty chain.
    ///
    /// - Throws: `EngineError`.
    init(_ library: OneDNNLibrary) throws(EngineError) {
        handle = try library.make("dnnl_post_ops_create", library.functions.createPostOperations)
        self.library = library
    }

    deinit { _ = library.functions.destroyPostOperations(handle) }

    /// Appends an element-wise function.
    ///
    /// - Throws: `EngineError`.
    func append(_ function: EltwiseFunction) throws(EngineError) {
        try library.check(
            "dnnl_post_ops_append_eltwise",
            library.functions.appendEltwise(handle, function.algorithm, function.alpha, function.beta))
        count += 1
    }

    /// Appends a function of the result and another tensor.
    ///
    /// - Returns: the index of the argument that feeds it.
    /// - Throws: `EngineError`.
    func append(_ algorithm: Int, with layout: Layout) throws(EngineError) -> Int {
        try library.check(
            "dnnl_post_ops_append_binary", library.functions.appendBinary(handle, Int32(algorithm), layout.handle))
        count += 1
        return (ONEDNN_ARGUMENT_POST_OPERATION * count | ONEDNN_ARGUMENT_SOURCE_1)
    }
}
