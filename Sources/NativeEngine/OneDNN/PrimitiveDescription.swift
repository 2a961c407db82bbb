import COneDNN
import Engines

/// What oneDNN says it would do for one operation: the implementation it chose and the layouts it wants.
final class PrimitiveDescription {
    let handle: OpaquePointer
    let library: OneDNNLibrary

    /// Asks for a primitive; `nil` where the library has none for this operation.
    ///
    /// - Parameter describe: calls the function that describes the operation, with attributes that every primitive has.
    /// - Throws: `EngineError`.
    init?(
        _ function: StaticString, _ library: OneDNNLibrary, postOperations: PostOperations? = nil,
        quantization: [QuantizationMask] = [],
        _ describe: (UnsafeMutablePointer<OpaquePointer?>, OpaquePointer) -> OneDNNStatus
    ) throws(EngineError) {
        let functions = library.functions
        let attributes = try library.make("dnnl_primitive_attr_create", functions.createAttributes)
        defer { _ = functions.destroyAttributes(attributes) }
        // The library's own scratch memory belongs to the thread that made the primitive.
        try library.check(
            "dnnl_primitive_attr_set_scratchpad_mode",
            functions.setScratchpadMode(attributes, Int32(ONEDNN_SCRATCHPAD_USER)))
        if let postOperations {
            try library.check(
                "dnnl_primitive_attr_set_post_ops", functions.setPostOperations(attributes, postOperations.handle))
        }
        for mask in quantization {
            let status =
                switch mask.kind {
                case .scale: functions.setScales(attributes, Int32(mask.argument), mask.axes)
                case .zeroPoint: functions.setZeroPoints(attributes, Int32(mask.argument), mask.axes)
                }
            try library.check("dnnl_primitive_attr_set_scales_mask", status)
        }
        var handle: OpaquePointer?
        let status = describe(&handle, attributes)
        if OneDNNStatusError.isRefusal(status) { return nil }
        guard status == 0, let handle else { throw OneDNNStatusError(function, status).asEngineError }
        self.handle = handle
        self.library = library
    }

    deinit { _ = library.functions.destroyPrimitiveDescriptor(handle) }

    /// The name of the implementation, such as `jit:avx512_core`, `gemm:jit` or `ref:any`.
    var implementation: String {
        var name: UnsafePointer<CChar>?
        let status = withUnsafeMutablePointer(to: &name) {
            library.functions.queryPrimitive(handle, Int32(ONEDNN_QUERY_IMPLEMENTATION), 0, $0)
        }
        guard status == 0, let name else { return "" }
        return String(cString: name)
    }

    /// True for implementations that are written for clarity, which the reference kernels beat or equal.
    var isReference: Bool { implementation.hasPrefix("ref") }

    /// The layout that the primitive wants of an argument; `nil` where it has no such argument.
    ///
    /// - Throws: `EngineError`.
    func layout(_ query: Int, _ index: Int = 0) throws(EngineError) -> Layout? {
        guard let borrowed = library.functions.queryDescriptor(handle, Int32(query), Int32(index)) else { return nil }
        return try Layout.copy(of: borrowed, library)
    }
}
