import Engines
import Tensors

/// Quantisation and dequantisation by given scales and zero points.
struct LinearQuantizationPlanner: KernelPlanner {
    /// The axis of the scales; `nil` where there is one for all.
    let axis: Int?
    let dequantizes: Bool
    /// Whether the bytes are signed, where no zero point tells.
    let isSigned: Bool

    func takes(_ operands: [KernelOperand?]) -> Bool {
        guard operands.count >= 2, let data = operands[0], operands[1]?.elementType == .float32 else { return false }
        let zeroPoint = operands.count > 2 ? operands[2] : nil
        let bytes: [ElementType] = [.uint8, .int8]
        guard dequantizes else {
            return data.elementType == .float32 && (zeroPoint.map { bytes.contains($0.elementType) } ?? true)
        }
        return bytes.contains(data.elementType) && (zeroPoint.map { $0.elementType == data.elementType } ?? true)
    }

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], let scale = operands[1], data.elementCount > 0 else { return nil }
        let zeroPoint = operands.count > 2 ? operands[2] : nil
        guard let form = form(data.extents, scale), zeroPoint.map({ $0.elementCount == scale.elementCount }) ?? true
        else { return nil }
        var sources = DirectSources()
        sources.append(0, data)
        let type = zeroPoint?.elementType ?? (dequantizes ? data.elementType : isSigned ? .int8 : .uint8)
        let scaleParameter = sources.parameter(1, scale)
        let kernel = LinearQuantizationKernel(
            form: form, dequantizes: dequantizes, isSigned: type == .int8, scale: scaleParameter,
            zeroPoint: zeroPoint.map { sources.parameter(2, $0) })
        let result = try Layout(data.extents, type: dequantizes ? .float32 : type, library)
        return KernelDraft(
            .direct(kernel), try sources.sources(library),
            results: [KernelDraft.Result(layout: result, extents: data.extents, isRowMajor: true)])
    }

    private func form(_ extents: [Int], _ scale: KernelOperand) -> LinearQuantizationKernel.Form? {
        if scale.elementCount == 1 {
            return LinearQuantizationKernel.Form(outer: 1, extent: 1, inner: extents.reduce(1, *))
        }
        guard let axis, extents.indices.contains(axis), scale.extents == [extents[axis]] else { return nil }
        return LinearQuantizationKernel.Form(
            outer: extents[..<axis].reduce(1, *), extent: extents[axis], inner: extents[(axis + 1)...].reduce(1, *))
    }
}
