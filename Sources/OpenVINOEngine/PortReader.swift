import COpenVINO
import Engines
import Graphs
import Tensors

/// Reads the inputs and outputs of a compiled model.
struct PortReader {
    let handle: OpaquePointer
    let model: String
    let runtime: Runtime
    let codes: ElementTypeCodes

    /// The inputs a caller must feed, in order.
    ///
    /// - Throws: `EngineError` of code `refusedModel`.
    func inputs() throws(EngineError) -> [ValueInfo] {
        try ports("input", count: runtime.functions.inputCount, port: runtime.functions.input)
    }

    /// The outputs, in order.
    ///
    /// - Throws: `EngineError` of code `refusedModel`.
    func outputs() throws(EngineError) -> [ValueInfo] {
        try ports("output", count: runtime.functions.outputCount, port: runtime.functions.output)
    }

    /// A property of the compiled model; `nil` when it has none of that name.
    func property(_ key: String) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        guard runtime.functions.compiledModelProperty(handle, key, &value) == 0 else { return nil }
        return runtime.take(value)
    }

    private func ports(_ kind: String, count: OVCountPorts, port: OVGetPort) throws(EngineError) -> [ValueInfo] {
        var ports = 0
        try runtime.check(count(handle, &ports), .refusedModel, subject: model)
        var values: [ValueInfo] = []
        for index in 0..<ports {
            let subject = "\(model), \(kind) \(index)"
            let port = try runtime.make(.refusedModel, subject: subject) { port(self.handle, index, $0) }
            defer { runtime.functions.releasePort(port) }
            values.append(ValueInfo(name(port) ?? "\(kind) \(index)", try type(port, subject: subject)))
        }
        return values
    }

    private func name(_ port: OpaquePointer) -> String? {
        var name: UnsafeMutablePointer<CChar>?
        guard runtime.functions.portName(port, &name) == 0 else { return nil }
        return runtime.take(name)
    }

    private func type(_ port: OpaquePointer, subject: String) throws(EngineError) -> ValueType {
        var code: Int32 = 0
        try runtime.check(runtime.functions.portElementType(port, &code), .refusedModel, subject: subject)
        guard let elementType = codes.type(of: code) else {
            throw EngineError(.refusedModel, subject: subject, reason: "OpenVINO gives it a type that ONNX has not")
        }
        var shape = OVPartialShape()
        try runtime.check(runtime.functions.portShape(port, &shape), .refusedModel, subject: subject)
        defer { runtime.functions.freePartialShape(&shape) }
        guard shape.rank.least == shape.rank.most, shape.rank.least >= 0 else { return .tensor(elementType, nil) }
        let dimensions = (0..<Int(shape.rank.least)).map { axis -> Dimension in
            guard let bounds = shape.dimensions?[axis], bounds.least == bounds.most else { return .unknown }
            return .fixed(Int(bounds.least))
        }
        return .tensor(elementType, SymbolicShape(dimensions))
    }
}
