import CONNXRuntime
import Engines
import Tensors

/// The loaded release's codes of element types (`ONNXTensorElementDataType`).
///
/// They equal the ONNX standard's up to `f4e2m1`; the later types stand in another order than the standard's, and joined
/// release by release, so theirs are measured.
struct ElementTypeCodes: Sendable {
    private static let lastStable = ElementType.float4e2m1

    private var codes: [ElementType: Int32]
    private var types: [Int32: ElementType]

    /// The codes that every release shares.
    init() {
        let stable = ElementType.allCases.filter { $0.rawValue <= Self.lastStable.rawValue }
        codes = Dictionary(uniqueKeysWithValues: stable.map { ($0, $0.rawValue) })
        types = Dictionary(uniqueKeysWithValues: stable.map { ($0.rawValue, $0) })
    }

    /// Adds the later types that the release knows: loads one tiny model a type and asks for its input's code.
    ///
    /// - Throws: `EngineError` when no session options can be made.
    mutating func measure(_ runtime: Runtime) throws(EngineError) {
        let options = try SessionOptions(EngineOptions(), runtime: runtime, directory: nil)
        for type in ElementType.allCases where type.rawValue > Self.lastStable.rawValue {
            guard let code = try? Self.code(of: type, options), Self.isAccepted(code, runtime) else { continue }
            codes[type] = code
            types[code] = type
        }
    }

    /// The code of a type; `nil` where this release has none.
    func code(of type: ElementType) -> Int32? { codes[type] }

    /// The type of a code; `nil` for a code that Assay does not know.
    func type(of code: Int32) -> ElementType? { types[code] }

    /// Whether a tensor made with a code has that code; 1.24.1 takes other codes for 2-bit integers than it gives.
    private static func isAccepted(_ code: Int32, _ runtime: Runtime) -> Bool {
        var byte: UInt8 = 0
        var shape: Int64 = 1
        var readBack: Int32 = 0
        let read: Void? = try? withUnsafeMutableBytes(of: &byte) { memory throws(EngineError) in
            guard let address = memory.baseAddress else { return }
            let value = RuntimeValue(
                try runtime.make(subject: "an element type") {
                    runtime.api.pointee.CreateTensorWithDataAsOrtValue(
                        runtime.hostMemory, address, 1, &shape, 1, code, $0)
                }, runtime: runtime)
            let info = try runtime.make(subject: "an element type") {
                runtime.api.pointee.GetTensorTypeAndShape(value.handle, $0)
            }
            defer { runtime.api.pointee.ReleaseTensorTypeAndShapeInfo(info) }
            try runtime.check(runtime.api.pointee.GetTensorElementType(info, &readBack), subject: "an element type")
        }
        return read != nil && readBack == code
    }

    private static func code(of type: ElementType, _ options: borrowing SessionOptions) throws(EngineError) -> Int32 {
        let runtime = options.runtime
        let source = ModelSource(
            name: "a model of \(type.name)", bytes: TypeProbe.cast(from: type, opset: 25, irVersion: 13),
            directory: nil, isOriginal: false)
        let session = try options.load(source)
        defer { runtime.api.pointee.ReleaseSession(session) }
        let info = try runtime.make(subject: source.name) {
            runtime.api.pointee.SessionGetInputTypeInfo(session, 0, $0)
        }
        defer { runtime.api.pointee.ReleaseTypeInfo(info) }
        let tensor = try runtime.make(subject: source.name) { runtime.api.pointee.CastTypeInfoToTensorInfo(info, $0) }
        var code: Int32 = 0
        try runtime.check(runtime.api.pointee.GetTensorElementType(tensor, &code), subject: source.name)
        return code
    }
}
