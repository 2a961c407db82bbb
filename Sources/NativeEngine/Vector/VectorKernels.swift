import CVectorKernels

/// The vector kernels of one instruction set.
struct VectorKernels: @unchecked Sendable {
    /// The functions compiled for it: constant, and there for good.
    let table: UnsafePointer<AssayVectorKernels>

    /// The kernels of a set; `nil` where this processor or this build lacks it.
    init?(_ set: VectorSet) {
        guard let table = assay_vector_kernels(set.code) else { return nil }
        self.table = table
    }

    /// How many `f32` a vector holds.
    var lanes: Int { Int(table.pointee.lanes) }
    /// A scale and a shift for each channel.
    var affine: AssayAffinePixels { table.pointee.affine }
    /// Recurrent networks.
    var recurrent: AssayRecurrentKernels { table.pointee.recurrent }
    /// Reductions.
    var reduce: AssayReduce { table.pointee.reduce }
}

/// An instruction set that vector kernels are compiled for.
package enum VectorSet: String, CaseIterable, Sendable {
    /// What every processor of the architecture has.
    case portable
    /// AVX2 with FMA and F16C.
    case avx2
    /// AVX-512 F, BW, DQ and VL.
    case avx512

    /// The sets that this processor has, the widest last.
    package static var available: [VectorSet] { allCases.filter { assay_vector_kernels($0.code) != nil } }

    fileprivate var code: AssayVectorSet {
        switch self {
        case .portable: ASSAY_VECTOR_PORTABLE
        case .avx2: ASSAY_VECTOR_AVX2
        case .avx512: ASSAY_VECTOR_AVX512
        }
    }
}
