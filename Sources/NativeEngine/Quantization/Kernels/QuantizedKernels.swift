import CQuantizedKernels

/// The kernels on 8-bit integers for the widest instruction set that this processor has.
struct QuantizedKernels: @unchecked Sendable {
    /// Addresses of code, which any thread may call.
    let functions: AssayQuantizedKernels

    static let best = QuantizedKernels(assay_quantized_best_set())

    /// Whether three sums of products of bytes take less time than one of reals, which takes VNNI.
    static let outrunsReals = assay_quantized_best_set() == ASSAY_QUANTIZED_AVX512_VNNI

    /// The kernels of an instruction set, or the portable ones where this processor lacks it.
    init(_ set: AssayQuantizedSet) {
        let table = assay_quantized_kernels(set) ?? assay_quantized_kernels(ASSAY_QUANTIZED_PORTABLE)
        // The portable kernels are always there.
        guard let table else { preconditionFailure("the portable kernels are missing") }
        functions = table.pointee
    }
}
