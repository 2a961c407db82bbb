import Tensors

extension Call {
    /// Runs a kernel that knows `f32` and `f64` on a call with `f16` or `bf16` tensors: inputs are widened to `f32`, and
    /// `f32` results are rounded once to the narrow type.
    func widened(_ kernel: (Call) throws(OperatorError) -> [Value]) throws(OperatorError) -> [Value] {
        var narrow: ElementType?
        for input in inputs {
            guard let type = input?.tensor?.elementType, type == .float16 || type == .bfloat16 else { continue }
            narrow = type
            break
        }
        guard let narrow else { return try kernel(self) }
        var wide = self
        wide.inputs = []
        for input in inputs {
            guard let tensor = input?.tensor, tensor.elementType == narrow else {
                wide.inputs.append(input)
                continue
            }
            wide.inputs.append(.tensor(try Conversion.convert(tensor, to: .float32, path)))
        }
        var results: [Value] = []
        for result in try kernel(wide) {
            if let tensor = result.tensor, tensor.elementType == .float32 {
                results.append(.tensor(try Conversion.convert(tensor, to: narrow, path)))
            } else {
                results.append(result)
            }
        }
        return results
    }
}
