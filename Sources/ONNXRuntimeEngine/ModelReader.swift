import CONNXRuntime
import Engines
import Graphs

/// Reads the inputs and outputs of a loaded session.
struct ModelReader {
    let handle: OpaquePointer
    let name: String
    let runtime: Runtime

    /// The inputs a caller must feed, in order.
    ///
    /// - Throws: `EngineError` of code `refusedModel`.
    func inputs() throws(EngineError) -> [ValueInfo] {
        let api = runtime.api
        var count = 0
        try check(api.pointee.SessionGetInputCount(handle, &count))
        var values: [ValueInfo] = []
        for index in 0..<count {
            values.append(
                try value(
                    "input \(index)", name: { api.pointee.SessionGetInputName(self.handle, index, $0, $1) },
                    type: { api.pointee.SessionGetInputTypeInfo(self.handle, index, $0) }))
        }
        return values
    }

    /// The outputs, in order.
    ///
    /// - Throws: `EngineError` of code `refusedModel`.
    func outputs() throws(EngineError) -> [ValueInfo] {
        let api = runtime.api
        var count = 0
        try check(api.pointee.SessionGetOutputCount(handle, &count))
        var values: [ValueInfo] = []
        for index in 0..<count {
            values.append(
                try value(
                    "output \(index)", name: { api.pointee.SessionGetOutputName(self.handle, index, $0, $1) },
                    type: { api.pointee.SessionGetOutputTypeInfo(self.handle, index, $0) }))
        }
        return values
    }

    private func value(
        _ place: String,
        name: (OpaquePointer, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> OpaquePointer?,
        type: (UnsafeMutablePointer<OpaquePointer?>) -> OpaquePointer?
    ) throws(EngineError) -> ValueInfo {
        let subject = "\(self.name), \(place)"
        var characters: UnsafeMutablePointer<CChar>?
        try check(name(runtime.allocator, &characters))
        guard let characters else {
            throw EngineError(.refusedModel, subject: subject, reason: "ONNX Runtime gives it no name")
        }
        let text = String(cString: characters)
        try check(runtime.api.pointee.AllocatorFree(runtime.allocator, characters))
        let info = try runtime.make(.refusedModel, subject: subject, type)
        defer { runtime.api.pointee.ReleaseTypeInfo(info) }
        return ValueInfo(text, try TypeReader(runtime: runtime, subject: subject).type(info))
    }

    private func check(_ status: OpaquePointer?) throws(EngineError) {
        try runtime.check(status, .refusedModel, subject: name)
    }
}
