import COpenVINO
import Engines

/// The loaded library: its functions, the core that keeps its plug-ins, and the checking of every status.
///
/// OpenVINO allows a core's functions from any thread.
final class Runtime: @unchecked Sendable {
    static let device = "CPU"

    let functions: Functions
    let version: String
    let build: String
    let core: OpaquePointer
    /// The properties that the CPU plug-in knows.
    let properties: Set<String>

    /// Opens the library in a folder, or the system's where the folder is `nil`.
    ///
    /// - Throws: `EngineError` of code `unavailable`.
    init(folder: String?) throws(EngineError) {
        let functions = try Functions(Self.open(folder))
        let build = try Self.buildNumber(functions)
        let core = try Self.createCore(functions)
        do throws(EngineError) {
            properties = try Self.supportedProperties(functions, core)
        } catch {
            functions.releaseCore(core)
            throw error
        }
        self.functions = functions
        self.build = build
        self.core = core
        version = build.firstIndex(of: "-").map { String(build[..<$0]) } ?? build
    }

    deinit { functions.releaseCore(core) }

    /// Turns a status into an error with the library's own words.
    ///
    /// - Throws: `EngineError` of the given code, or of a more exact one where the words tell.
    func check(
        _ status: OVStatus, _ code: EngineError.Code = .runFailed, subject: @autoclosure () -> String
    ) throws(EngineError) {
        guard status != 0 else { return }
        throw RuntimeMessage(Self.lastMessage(functions, status)).error(code, subject: subject())
    }

    /// Calls a function that makes an object and returns it; the caller owns it.
    ///
    /// - Throws: `EngineError` with the library's own words.
    func make(
        _ code: EngineError.Code = .runFailed, subject: @autoclosure () -> String,
        _ call: (UnsafeMutablePointer<OpaquePointer?>) -> OVStatus
    ) throws(EngineError) -> OpaquePointer {
        var object: OpaquePointer?
        try check(call(&object), code, subject: subject())
        guard let object else {
            throw EngineError(code, subject: subject(), reason: "OpenVINO returned nothing")
        }
        return object
    }

    /// A string that the library allocated, copied; the library's is freed.
    func take(_ characters: UnsafeMutablePointer<CChar>?) -> String? {
        guard let characters else { return nil }
        defer { functions.free(characters) }
        return String(cString: characters)
    }

    private static func open(_ folder: String?) throws(EngineError) -> DynamicLibrary {
        let engine = OpenVINOFactory.engineName
        if let folder {
            return try DynamicLibrary(
                try DynamicLibrary.find("libopenvino_c", in: folder, engine: engine), engine: engine)
        }
        #if os(macOS)
            return try DynamicLibrary("libopenvino_c.dylib", engine: engine)
        #else
            return try DynamicLibrary("libopenvino_c.so", engine: engine)
        #endif
    }

    private static func buildNumber(_ functions: Functions) throws(EngineError) -> String {
        var version = OVVersion()
        try require(functions, functions.getVersion(&version))
        defer { functions.freeVersion(&version) }
        guard let number = version.buildNumber else {
            throw EngineError(.unavailable, subject: OpenVINOFactory.engineName, reason: "it reports no version")
        }
        return String(cString: number)
    }

    private static func createCore(_ functions: Functions) throws(EngineError) -> OpaquePointer {
        var core: OpaquePointer?
        try require(functions, functions.createCore(&core))
        guard let core else {
            throw EngineError(.unavailable, subject: OpenVINOFactory.engineName, reason: "it created no core")
        }
        return core
    }

    private static func supportedProperties(
        _ functions: Functions, _ core: OpaquePointer
    ) throws(EngineError) -> Set<String> {
        var list: UnsafeMutablePointer<CChar>?
        try require(functions, functions.coreProperty(core, device, "SUPPORTED_PROPERTIES", &list))
        guard let list else { return [] }
        defer { functions.free(list) }
        return Set(String(cString: list).split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init))
    }

    private static func require(_ functions: Functions, _ status: OVStatus) throws(EngineError) {
        guard status != 0 else { return }
        throw EngineError(
            .unavailable, subject: OpenVINOFactory.engineName,
            reason: RuntimeMessage(lastMessage(functions, status)).text,
            remedy: "install the whole engine: its CPU plug-in, ONNX front end and TBB lie beside libopenvino_c")
    }

    /// What the library says of its last error; the library allocates a copy each time.
    private static func lastMessage(_ functions: Functions, _ status: OVStatus) -> String {
        guard let message = functions.lastErrorMessage() else { return "status \(status)" }
        defer { functions.free(message) }
        return String(cString: message)
    }
}
