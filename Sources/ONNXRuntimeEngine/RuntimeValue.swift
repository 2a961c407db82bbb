import CONNXRuntime
import Engines
import Tensors

/// A value of the library, owned.
final class RuntimeValue {
    let handle: OpaquePointer
    private let runtime: Runtime

    /// Takes over a value.
    init(_ handle: OpaquePointer, runtime: Runtime) {
        self.handle = handle
        self.runtime = runtime
    }

    /// Makes a value over memory that someone else owns and keeps alive as long as the value.
    ///
    /// - Parameter memoryInfo: where that memory is; main memory where it is `nil`.
    /// - Throws: `EngineError`.
    convenience init(
        over memory: UnsafeMutableRawPointer, byteCount: Int, elementType: ElementType, shape: Shape,
        in memoryInfo: OpaquePointer? = nil, runtime: Runtime, subject: @autoclosure () -> String
    ) throws(EngineError) {
        guard let code = runtime.codes.code(of: elementType) else {
            throw EngineError(
                .invalidInput, subject: subject(), reason: "this release has no tensors of \(elementType.name)")
        }
        let extents = shape.map { Int64($0) }
        let handle = try runtime.make(subject: subject()) {
            runtime.api.pointee.CreateTensorWithDataAsOrtValue(
                memoryInfo ?? runtime.hostMemory, memory, byteCount, extents, extents.count, code, $0)
        }
        self.init(handle, runtime: runtime)
    }

    /// Makes a value that holds a copy of strings.
    ///
    /// - Throws: `EngineError`.
    convenience init(
        strings: [String], shape: Shape, runtime: Runtime, subject: @autoclosure () -> String
    ) throws(EngineError) {
        let extents = shape.map { Int64($0) }
        let handle = try runtime.make(subject: subject()) {
            runtime.api.pointee.CreateTensorAsOrtValue(
                runtime.allocator, extents, extents.count, ElementType.string.rawValue, $0)
        }
        self.init(handle, runtime: runtime)
        let names = NameList(strings)
        try runtime.check(
            runtime.api.pointee.FillStringTensor(handle, names.pointers, names.count), subject: subject())
    }

    deinit { runtime.api.pointee.ReleaseValue(handle) }

    /// The element type and shape of a tensor value.
    ///
    /// - Throws: `EngineError` of code `runFailed` for a value that is no tensor, or one of a type unknown here.
    func tensorType(subject: @autoclosure () -> String) throws(EngineError) -> (ElementType, Shape) {
        var isTensor: Int32 = 0
        try runtime.check(runtime.api.pointee.IsTensor(handle, &isTensor), subject: subject())
        guard isTensor != 0 else {
            throw EngineError(
                .runFailed, subject: subject(), reason: "the engine returned something other than a tensor")
        }
        let info = try runtime.make(subject: subject()) { runtime.api.pointee.GetTensorTypeAndShape(handle, $0) }
        defer { runtime.api.pointee.ReleaseTensorTypeAndShapeInfo(info) }
        var code: Int32 = 0
        try runtime.check(runtime.api.pointee.GetTensorElementType(info, &code), subject: subject())
        guard let elementType = runtime.codes.type(of: code) else {
            throw EngineError(.runFailed, subject: subject(), reason: "the engine returned elements of type \(code)")
        }
        return (elementType, Shape(try TypeReader(runtime: runtime, subject: subject()).extents(info)))
    }

    /// The address of the elements of a tensor of numbers.
    ///
    /// - Throws: `EngineError`.
    func elements(subject: @autoclosure () -> String) throws(EngineError) -> UnsafeMutableRawPointer? {
        var address: UnsafeMutableRawPointer?
        try runtime.check(runtime.api.pointee.GetTensorMutableData(handle, &address), subject: subject())
        return address
    }

    /// Whether the elements lie on a device.
    ///
    /// - Throws: `EngineError`.
    func isOnDevice(subject: @autoclosure () -> String) throws(EngineError) -> Bool {
        var info: OpaquePointer?
        try runtime.check(runtime.api.pointee.GetTensorMemoryInfo(handle, &info), subject: subject())
        guard let info else { return false }
        var type: Int32 = 0
        runtime.api.pointee.MemoryInfoGetDeviceType(info, &type)
        return type != 0
    }

    /// The elements of a tensor of strings.
    ///
    /// - Throws: `EngineError`.
    func strings(count: Int, subject: @autoclosure () -> String) throws(EngineError) -> [String] {
        var byteCount = 0
        try runtime.check(runtime.api.pointee.GetStringTensorDataLength(handle, &byteCount), subject: subject())
        var characters = [UInt8](repeating: 0, count: max(byteCount, 1))
        var offsets = [Int](repeating: 0, count: max(count, 1))
        try runtime.check(
            runtime.api.pointee.GetStringTensorContent(handle, &characters, byteCount, &offsets, count),
            subject: subject())
        return (0..<count).map { index in
            let end = index + 1 < count ? offsets[index + 1] : byteCount
            return String(decoding: characters[offsets[index]..<end], as: UTF8.self)
        }
    }
}
