import COpenVINO
import Engines
import Tensors

/// The loaded release's codes of element types, measured: the enumeration differs between releases.
struct ElementTypeCodes: Sendable {
    private let codes: [ElementType: Int32]
    private let types: [Int32: ElementType]

    /// Has the library read one tiny model a type and asks for the type of its input; some milliseconds together.
    ///
    /// Types that its ONNX front end refuses have no code.
    /// - Throws: `EngineError` of code `unavailable` when not even `f32` is read.
    init(measuring runtime: Runtime) throws(EngineError) {
        var codes: [ElementType: Int32] = [.float32: try Self.code(of: .float32, runtime)]
        for type in ElementType.allCases where type != .float32 { codes[type] = try? Self.code(of: type, runtime) }
        self.codes = codes
        types = Dictionary(codes.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The code of a type; `nil` where this release has none.
    func code(of type: ElementType) -> Int32? { codes[type] }

    /// The type of a code; `nil` for a type that ONNX has not.
    func type(of code: Int32) -> ElementType? { types[code] }

    private static func code(of type: ElementType, _ runtime: Runtime) throws(EngineError) -> Int32 {
        let source = ModelSource(
            name: "a model of \(type.name)", bytes: TypeProbe.identity(of: type, opset: 25, irVersion: 13),
            directory: nil, isOriginal: false)
        let model = try ReadModel(source, runtime: runtime)
        return try model.elementTypeOfFirstInput()
    }
}
