/// `ONNXType` of the C API: what kind of thing a value is.
enum ValueKind: Int32 {
    case unknown, tensor, sequence, map, opaque, sparseTensor, optional
}
