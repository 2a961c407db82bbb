import Tensors

extension ElementType {
    /// The library's code of this type (`ONNXTensorElementDataType`); `nil` where no release has the type.
    ///
    /// The codes equal the ONNX standard's up to 23 (`f4e2m1`); the later types joined the two lists in another order.
    var runtimeCode: Int32? {
        switch self {
        case .uint2: 24
        case .int2: 25
        case .float8e8m0: 26
        default: rawValue <= ElementType.float4e2m1.rawValue ? rawValue : nil
        }
    }

    /// The type of a library's code; `nil` for a code that Assay does not know.
    init?(runtimeCode: Int32) {
        guard let match = ElementType.allCases.first(where: { $0.runtimeCode == runtimeCode }) else { return nil }
        self = match
    }
}
