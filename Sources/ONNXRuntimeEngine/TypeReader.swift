import CONNXRuntime
import Engines
import Graphs
import Tensors

/// Reads the library's type descriptions.
struct TypeReader {
    let runtime: Runtime
    /// What messages name: the model and the value.
    let subject: String

    /// The type that a description states; `nil` for a type Assay has no word for.
    ///
    /// - Throws: `EngineError` of code `refusedModel`.
    func type(_ info: OpaquePointer) throws(EngineError) -> ValueType? {
        let api = runtime.api
        var code: Int32 = 0
        try check(api.pointee.GetOnnxTypeFromTypeInfo(info, &code))
        switch ValueKind(rawValue: code) {
        case .tensor, .sparseTensor:
            let tensor = try make { api.pointee.CastTypeInfoToTensorInfo(info, $0) }
            guard let (element, shape) = try tensorType(tensor) else { return nil }
            return code == ValueKind.tensor.rawValue ? .tensor(element, shape) : .sparseTensor(element, shape)
        case .sequence:
            let sequence = try make { api.pointee.CastTypeInfoToSequenceTypeInfo(info, $0) }
            return try contained { api.pointee.GetSequenceElementType(sequence, $0) }.map(ValueType.sequence)
        case .optional:
            let optional = try make { api.pointee.CastTypeInfoToOptionalTypeInfo(info, $0) }
            return try contained { api.pointee.GetOptionalContainedTypeInfo(optional, $0) }.map(ValueType.optional)
        case .map:
            let map = try make { api.pointee.CastTypeInfoToMapTypeInfo(info, $0) }
            var key: Int32 = 0
            try check(api.pointee.GetMapKeyType(map, &key))
            guard let key = runtime.codes.type(of: key),
                let value = try contained({ api.pointee.GetMapValueType(map, $0) })
            else { return nil }
            return .map(key: key, value: value)
        case .opaque, .unknown, nil: return nil
        }
    }

    /// The element type and shape that a tensor description states.
    private func tensorType(_ info: OpaquePointer) throws(EngineError) -> (ElementType, SymbolicShape?)? {
        let api = runtime.api
        var code: Int32 = 0
        try check(api.pointee.GetTensorElementType(info, &code))
        guard let element = runtime.codes.type(of: code) else { return nil }
        let extents = try extents(info)
        guard !extents.isEmpty else { return (element, runtime.knowsRank(info) ? [] : nil) }
        var names = [UnsafePointer<CChar>?](repeating: nil, count: extents.count)
        try check(api.pointee.GetSymbolicDimensions(info, &names, names.count))
        let dimensions = zip(extents, names).map { extent, name -> Dimension in
            if extent >= 0 { return .fixed(extent) }
            guard let name, name.pointee != 0 else { return .unknown }
            return .symbol(String(cString: name))
        }
        return (element, SymbolicShape(dimensions))
    }

    /// The extents that a tensor description states, -1 where one is not fixed.
    func extents(_ info: OpaquePointer) throws(EngineError) -> [Int] {
        var rank = 0
        try check(runtime.api.pointee.GetDimensionsCount(info, &rank))
        guard rank > 0 else { return [] }
        var extents = [Int64](repeating: 0, count: rank)
        try check(runtime.api.pointee.GetDimensions(info, &extents, rank))
        return extents.map { Int($0) }
    }

    private func contained(
        _ call: (UnsafeMutablePointer<OpaquePointer?>) -> OpaquePointer?
    ) throws(EngineError) -> ValueType? {
        let info = try make(call)
        defer { runtime.api.pointee.ReleaseTypeInfo(info) }
        return try type(info)
    }

    private func make(
        _ call: (UnsafeMutablePointer<OpaquePointer?>) -> OpaquePointer?
    ) throws(EngineError) -> OpaquePointer {
        try runtime.make(.refusedModel, subject: subject, call)
    }

    private func check(_ status: OpaquePointer?) throws(EngineError) {
        try runtime.check(status, .refusedModel, subject: subject)
    }
}
