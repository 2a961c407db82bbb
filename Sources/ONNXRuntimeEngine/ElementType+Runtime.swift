import Tensors

extension ElementType {
    /// The library's code of this type (`ONNXTensorElementDataType`), which equals the ONNX standard's up to 23.
    var runtimeCode: Int32? { rawValue <= Self.lastSharedCode ? rawValue : nil }

    /// The type of a library's code; `nil` for a code that no release so far gives a tensor Assay knows.
    init?(runtimeCode: Int32) {
        guard runtimeCode <= Self.lastSharedCode else { return nil }
        self.init(rawValue: runtimeCode)
    }

    private static var lastSharedCode: Int32 { ElementType.float4e2m1.rawValue }
}
