import CVectorKernels

/// The numbers of a convolution of images `[N, C, H, W]` that Assay's own kernels hand to C.
struct ConvolutionForm {
    /// The extents of the data and of the result.
    let source: [Int64]
    let result: [Int64]
    let groups: Int
    let numbers: WindowNumbers
    /// How many floats apart neighbouring pixels of the data, of the result and of the residual lie.
    let steps: (data: Int64, result: Int64, residual: Int64)
    let hasBias: Bool
    let hasResidual: Bool
    let activation: AssayActivation
}
