import CQuantizedKernels

/// The kernels on 8-bit integers.
struct QuantizedKernels: @unchecked Sendable {
    /// Addresses of code, which any thread may call.
    let functions: AssayQuantizedKernels

    /// Those for the widest instruction set that this processor has.
    static let best = QuantizedKernels(functions: assay_quantized_best_kernels().pointee)

    /// Whether three sums of products of bytes take less time than one of reals, which takes VNNI.
    static let outrunsReals = assay_quantized_best_set() == ASSAY_QUANTIZED_AVX512_VNNI
}
