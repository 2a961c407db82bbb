import CONNXRuntime
import Engines

/// The loaded library: its table of functions, the one environment a process needs, and the checking of every status.
///
/// The table is constant memory of the library, and ONNX Runtime allows its functions from any thread.
final class Runtime: @unchecked Sendable {
    /// The API version whose table Assay's declarations describe: release 1.16 and later answer to it.
    static let tableVersion = 16

    let version: String
    let build: String
    let environment: OpaquePointer
    /// Describes memory that Assay owns.
    let hostMemory: OpaquePointer
    /// Frees the names that the library allocates; owned by the library.
    let allocator: OpaquePointer
    /// The release's codes of element types; written while this object is made and never after.
    private(set) var codes = ElementTypeCodes()
    private let table: UnsafePointer<OrtApi>
    /// The functions of release 1.24 and later; `nil` before.
    let table24: UnsafePointer<OrtApi24>?
    /// The folder that holds the library; `nil` for the system's.
    let folder: String?

    /// The functions; reading one through a pointer copies nothing else of the table.
    var api: UnsafePointer<OrtApi> { table }

    /// Opens the library in a folder, or the system's where the folder is `nil`.
    ///
    /// - Throws: `EngineError` of code `unavailable` when it cannot be opened or is older than 1.16.
    init(folder: String?) throws(EngineError) {
        let library = try Self.open(folder)
        let getBase: OrtGetApiBaseFunction = try library.function(
            "OrtGetApiBase", engine: ONNXRuntimeFactory.engineName)
        guard let base = getBase() else {
            throw EngineError(
                .unavailable, subject: ONNXRuntimeFactory.engineName, reason: "\(library.path) returned no API")
        }
        version = String(cString: base.pointee.GetVersionString())
        let minor = Self.minorVersion(version)
        guard minor >= Self.tableVersion, let table = base.pointee.GetApi(UInt32(Self.tableVersion)) else {
            throw EngineError(
                .unavailable, subject: "\(ONNXRuntimeFactory.engineName) \(version)",
                reason: "its C API is older than version \(Self.tableVersion)",
                remedy: "use release 1.\(Self.tableVersion) or later")
        }
        self.table = table
        self.folder = folder
        table24 =
            minor >= 24
            ? base.pointee.GetApi(24).map { UnsafeRawPointer($0).assumingMemoryBound(to: OrtApi24.self) } : nil
        build = String(cString: table.pointee.GetBuildInfoString())
        // 4 is "fatal": what goes wrong comes back as a status, and the library's own log would repeat it.
        environment = try Self.make(table) { table.pointee.CreateEnv(4, "assay", $0) }
        do {
            hostMemory = try Self.make(table) { table.pointee.CreateCpuMemoryInfo(0, 0, $0) }
        } catch {
            table.pointee.ReleaseEnv(environment)
            throw error
        }
        do {
            allocator = try Self.make(table) { table.pointee.GetAllocatorWithDefaultOptions($0) }
        } catch {
            table.pointee.ReleaseMemoryInfo(hostMemory)
            table.pointee.ReleaseEnv(environment)
            throw error
        }
        var codes = ElementTypeCodes()
        try codes.measure(self)
        self.codes = codes
    }

    deinit {
        table.pointee.ReleaseMemoryInfo(hostMemory)
        table.pointee.ReleaseEnv(environment)
    }

    /// Whether the rank in a type description is known; releases before 1.24 cannot tell it from a scalar's.
    func knowsRank(_ info: OpaquePointer) -> Bool {
        guard let table24 else { return false }
        return table24.pointee.TensorTypeAndShape_HasShape(info) != 0
    }

    /// Turns a status into an error with the library's own words, and releases it.
    ///
    /// - Throws: `EngineError` of the given code, or of a more exact one where the words tell.
    func check(
        _ status: OpaquePointer?, _ code: EngineError.Code = .runFailed, subject: @autoclosure () -> String
    ) throws(EngineError) {
        guard let status else { return }
        defer { table.pointee.ReleaseStatus(status) }
        throw RuntimeMessage(String(cString: table.pointee.GetErrorMessage(status)))
            .error(code, subject: subject())
    }

    /// Calls a function that makes an object and returns it; the caller owns it.
    ///
    /// - Throws: `EngineError` with the library's own words.
    func make(
        _ code: EngineError.Code = .runFailed, subject: @autoclosure () -> String,
        _ call: (UnsafeMutablePointer<OpaquePointer?>) -> OpaquePointer?
    ) throws(EngineError) -> OpaquePointer {
        var object: OpaquePointer?
        try check(call(&object), code, subject: subject())
        guard let object else {
            throw EngineError(code, subject: subject(), reason: "ONNX Runtime returned nothing")
        }
        return object
    }

    private static func make(
        _ table: UnsafePointer<OrtApi>, _ call: (UnsafeMutablePointer<OpaquePointer?>) -> OpaquePointer?
    ) throws(EngineError) -> OpaquePointer {
        var object: OpaquePointer?
        if let status = call(&object) {
            defer { table.pointee.ReleaseStatus(status) }
            throw EngineError(
                .unavailable, subject: ONNXRuntimeFactory.engineName,
                reason: String(cString: table.pointee.GetErrorMessage(status)))
        }
        guard let object else {
            throw EngineError(
                .unavailable, subject: ONNXRuntimeFactory.engineName, reason: "the library returned nothing")
        }
        return object
    }

    private static func open(_ folder: String?) throws(EngineError) -> DynamicLibrary {
        let engine = ONNXRuntimeFactory.engineName
        if let folder {
            return try DynamicLibrary(
                try DynamicLibrary.find("libonnxruntime", in: folder, engine: engine), engine: engine)
        }
        #if os(macOS)
            return try DynamicLibrary("libonnxruntime.dylib", engine: engine)
        #else
            return try DynamicLibrary("libonnxruntime.so.1", engine: engine)
        #endif
    }

    /// The minor number of a `1.MINOR.PATCH` version; 0 when it is not of that form.
    static func minorVersion(_ version: String) -> Int {
        let parts = version.split(separator: ".")
        guard parts.count >= 2, parts[0] == "1" else { return 0 }
        return Int(parts[1]) ?? 0
    }
}
