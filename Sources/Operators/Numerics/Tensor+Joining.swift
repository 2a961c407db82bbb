import Tensors

extension Tensor {
    /// The elements of this tensor followed by those of another of the same type, as a vector.
    ///
    /// - Throws: `OperatorError` of code `type` where the types differ.
    func joined(_ other: Tensor, _ path: String) throws(OperatorError) -> Tensor {
        guard elementType == other.elementType else {
            throw OperatorError(
                .type, subject: path, reason: "\(other.elementType.name) stands where \(elementType.name) is needed")
        }
        let count = elementCount + other.elementCount
        if let own = strings, let more = other.strings {
            do { return try Tensor(strings: own + more, shape: [count]) } catch {
                throw OperatorError(.shape, subject: path, reason: error.description)
            }
        }
        guard let own = bytes, let more = other.bytes else {
            throw OperatorError(.type, subject: path, reason: "a tensor without bytes")
        }
        if elementType.bitWidth < 8 {
            let width = elementType.bitWidth
            let codes =
                PackedBits.unpack(own.array, width: width, count: elementCount)
                + PackedBits.unpack(more.array, width: width, count: other.elementCount)
            let packed = Bytes(copying: PackedBits.pack(codes, width: width))
            return try Tensor.reinterpreting(packed, as: elementType, [count], path)
        }
        return try Tensor.reinterpreting(Bytes(copying: own.array + more.array), as: elementType, [count], path)
    }
}
