import COneDNN
import Engines

/// The loaded oneDNN: its functions, its processor engine, and the checking of every status.
///
/// oneDNN allows descriptors and primitives to be made and executed from any thread; streams and memory objects belong
/// to one thread at a time.
final class OneDNNLibrary: @unchecked Sendable {
    /// The release whose enumerations `COneDNN` declares.
    private static let release: (major: Int32, minor: Int32) = (3, 2)

    let functions: OneDNNFunctions
    let engine: OpaquePointer
    /// The version with the revision of the sources, where the library knows it.
    let build: String
    let instructionSet: String
    /// True where sums of products of bytes are exact: older processors saturate them in 16 bits.
    let sumsBytesExactly: Bool
    let pool = BufferPool()
    /// What computes beside oneDNN.
    let vectors: VectorKernels
    let recurrentWeights = SharedObjects<PackedRecurrence.Key, PackedRecurrence>()
    let packedMatrices = SharedObjects<PackedMatrix.Key, PackedMatrix>()

    /// Opens the library of a folder; `nil` where the folder holds none.
    ///
    /// - Parameter vectorSet: the instruction set of vector kernels; the widest that there is where `nil`.
    /// - Throws: `EngineError` of code `unavailable` when it is there and cannot be used, or is of another release.
    convenience init?(folder: String, vectorSet: VectorSet? = nil) throws(EngineError) {
        guard let path = try? DynamicLibrary.find("libdnnl", in: folder, engine: NativeEngineFactory.engineName) else {
            return nil
        }
        guard let vectors = (vectorSet ?? VectorSet.available.last).flatMap(VectorKernels.init) else {
            throw EngineError(
                .unavailable, subject: "vector kernels", reason: "this processor lacks the instruction set")
        }
        try self.init(DynamicLibrary(path, engine: NativeEngineFactory.engineName), vectors)
    }

    private init(_ library: DynamicLibrary, _ vectors: VectorKernels) throws(EngineError) {
        self.vectors = vectors
        functions = try OneDNNFunctions(library)
        build = try Self.checkedVersion(functions, path: library.path)
        let code = functions.instructionSet()
        instructionSet = Self.instructionSetName(code)
        sumsBytesExactly = code & Self.avx512VNNI == Self.avx512VNNI || code & Self.avx2VNNI == Self.avx2VNNI
        var engine: OpaquePointer?
        let status = functions.createEngine(&engine, Int32(ONEDNN_ENGINE_CPU), 0)
        guard status == 0, let engine else { throw OneDNNStatusError("dnnl_engine_create", status).asEngineError }
        self.engine = engine
    }

    /// Turns a status into an error with the name of the function.
    ///
    /// - Throws: `EngineError` of code `runFailed`.
    func check(_ function: StaticString, _ status: OneDNNStatus) throws(EngineError) {
        guard status != 0 else { return }
        throw OneDNNStatusError(function, status).asEngineError
    }

    /// Calls a function that makes an object and returns it; the caller owns it.
    ///
    /// - Throws: `EngineError` of code `runFailed` with the name of the function.
    func make(
        _ function: StaticString, _ call: (UnsafeMutablePointer<OpaquePointer?>) -> OneDNNStatus
    ) throws(EngineError) -> OpaquePointer {
        var object: OpaquePointer?
        let status = call(&object)
        guard status == 0, let object else { throw OneDNNStatusError(function, status).asEngineError }
        return object
    }

    private static let avx512VNNI: Int32 = 0x67
    private static let avx2VNNI: Int32 = 0xf

    private static func checkedVersion(
        _ functions: OneDNNFunctions, path: String
    ) throws(EngineError) -> String {
        guard let version = functions.version()?.pointee else {
            throw EngineError(.unavailable, subject: path, reason: "it reports no version")
        }
        let text = "\(version.major).\(version.minor).\(version.patch)"
        guard (version.major, version.minor) == release else {
            throw EngineError(
                .unavailable, subject: path,
                reason:
                    "it is oneDNN \(text), and its enumerations are known for \(release.major).\(release.minor) only",
                remedy: "install oneDNN \(release.major).\(release.minor), or none to run on the reference kernels")
        }
        let hash = version.hash.map { String(cString: $0) } ?? ""
        return "oneDNN \(text)" + (hash.isEmpty ? "" : " (\(hash.prefix(12)))")
    }

    /// The name of a value of `dnnl_cpu_isa_t`; a set of bits, of which newer processors have more.
    private static func instructionSetName(_ code: Int32) -> String {
        let names: [(Int32, String)] = [
            (0x1fef, "AVX-512 with AMX and FP16"), (0xfef, "AVX-512 with AMX"), (0x1ef, "AVX-512 with FP16"),
            (0xe7, "AVX-512 with BF16"), (0x67, "AVX-512 with VNNI"), (0x27, "AVX-512"),
            (0x1f, "AVX2 with VNNI, version 2"), (0xf, "AVX2 with VNNI"), (0x7, "AVX2"), (0x3, "AVX"), (0x1, "SSE4.1"),
        ]
        return names.first { code & $0.0 == $0.0 }?.1 ?? "generic"
    }
}
