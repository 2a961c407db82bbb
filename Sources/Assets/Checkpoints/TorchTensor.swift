import Tensors

/// Makes a tensor of a view into a storage, checked against the storage's bounds.
enum TorchTensor {
    static func make(_ view: TensorView, storage bytes: Bytes, subject: String) throws(AssetError) -> Tensor {
        let subject = "\(subject), storage '\(view.storage.key)'"
        let shape = Shape(view.shape)
        let type = view.storage.elementType
        guard let count = shape.checkedElementCount, let size = type.byteCount(of: count),
            let last = lastElement(view), count == 0 || last < view.storage.count
        else {
            throw AssetError(
                .malformed, subject: subject,
                reason: "a tensor \(type.name)[\(shape)] reaches past its \(view.storage.count) elements")
        }
        guard count <= view.storage.count else {
            throw AssetError(
                .refusedCheckpoint, subject: subject,
                reason: "a tensor \(type.name)[\(shape)] that repeats elements of its storage is refused")
        }
        let width = type.bitWidth / 8
        let content: Bytes?
        if count == 0 {
            content = Bytes(copying: [])
        } else if isRowMajor(view) {
            let start = view.offset * width
            content = bytes.slice(start..<(start + size))
        } else {
            content = StridedCopy.rowMajor(
                bytes, width: width, offset: view.offset, shape: shape, strides: view.strides)
        }
        guard let content else {
            throw AssetError(.malformed, subject: subject, reason: "it is smaller than its element count says")
        }
        do {
            return try Tensor(elementType: type, shape: shape, bytes: content)
        } catch {
            throw AssetError(.malformed, subject: subject, reason: error.reason)
        }
    }

    /// The element furthest from the start of the storage; `nil` for negative strides and on overflow.
    private static func lastElement(_ view: TensorView) -> Int? {
        var last = view.offset
        for (extent, stride) in zip(view.shape, view.strides) where extent > 0 {
            guard stride >= 0 else { return nil }
            let (reach, overflow) = (extent - 1).multipliedReportingOverflow(by: stride)
            let (sum, sumOverflow) = last.addingReportingOverflow(reach)
            if overflow || sumOverflow { return nil }
            last = sum
        }
        return last
    }

    private static func isRowMajor(_ view: TensorView) -> Bool {
        var expected = 1
        for (extent, stride) in zip(view.shape, view.strides).reversed() where extent != 1 {
            if stride != expected { return false }
            expected *= extent
        }
        return true
    }
}
