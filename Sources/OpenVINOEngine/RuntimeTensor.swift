import COpenVINO
import Engines
import Tensors

/// A tensor of the library, owned.
final class RuntimeTensor {
    let handle: OpaquePointer
    private let runtime: Runtime

    /// Takes over a tensor.
    init(_ handle: OpaquePointer, runtime: Runtime) {
        self.handle = handle
        self.runtime = runtime
    }

    /// Makes a tensor over memory that someone else owns and keeps alive as long as the tensor.
    ///
    /// - Throws: `EngineError`.
    convenience init(
        over memory: UnsafeMutableRawPointer, elementType: ElementType, shape: Shape, codes: ElementTypeCodes,
        runtime: Runtime, subject: @autoclosure () -> String
    ) throws(EngineError) {
        guard let code = codes.code(of: elementType) else {
            throw EngineError(
                .invalidInput, subject: subject(), reason: "this release has no tensors of \(elementType.name)")
        }
        var extents = shape.map { Int64($0) }
        let rank = Int64(extents.count)
        let handle = try extents.withUnsafeMutableBufferPointer { extents throws(EngineError) in
            try runtime.make(subject: subject()) {
                runtime.functions.createTensor(code, OVShape(rank: rank, extents: extents.baseAddress), memory, $0)
            }
        }
        self.init(handle, runtime: runtime)
    }

    deinit { runtime.functions.releaseTensor(handle) }

    /// The element type and shape.
    ///
    /// - Throws: `EngineError`.
    func type(_ codes: ElementTypeCodes, subject: @autoclosure () -> String) throws(EngineError) -> (ElementType, Shape)
    {
        var code: Int32 = 0
        try runtime.check(runtime.functions.tensorElementType(handle, &code), subject: subject())
        guard let elementType = codes.type(of: code) else {
            throw EngineError(.runFailed, subject: subject(), reason: "the engine returned elements of type \(code)")
        }
        var shape = OVShape()
        try runtime.check(runtime.functions.tensorShape(handle, &shape), subject: subject())
        defer { _ = runtime.functions.freeShape(&shape) }
        return (elementType, Shape((0..<Int(shape.rank)).map { Int(shape.extents?[$0] ?? 0) }))
    }

    /// The elements.
    ///
    /// - Throws: `EngineError`.
    func elements(subject: @autoclosure () -> String) throws(EngineError) -> UnsafeRawBufferPointer {
        var byteCount = 0
        try runtime.check(runtime.functions.tensorByteCount(handle, &byteCount), subject: subject())
        guard byteCount > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        var address: UnsafeMutableRawPointer?
        try runtime.check(runtime.functions.tensorData(handle, &address), subject: subject())
        return UnsafeRawBufferPointer(start: address, count: byteCount)
    }
}
