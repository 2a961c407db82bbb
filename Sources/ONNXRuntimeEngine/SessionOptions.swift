import CONNXRuntime
import Engines
import Tensors

/// The library's session options, made from Assay's; owned.
struct SessionOptions: ~Copyable {
    let runtime: Runtime
    private let handle: OpaquePointer
    private let flushesDenormals: Bool

    /// A release that finds external data by its folder; 1.20 needs the file's path, those between are untested.
    private static let externalFolderRelease = 31

    /// Makes session options.
    ///
    /// - Parameters:
    ///   - directory: the folder against which external data is resolved.
    ///   - accelerator: the device on which it computes; `nil` for the processor.
    ///   - profileFolder: where the library writes its profile of the session and the model as it runs it.
    /// - Throws: `EngineError` of code `invalidOption`.
    init(
        _ options: EngineOptions, runtime: Runtime, directory: String?, accelerator: CUDADevice? = nil,
        profileFolder: ProfileFolder? = nil
    ) throws(EngineError) {
        try Self.refuseUnknown(options, version: runtime.version)
        let handle = try runtime.make(.invalidOption, subject: ONNXRuntimeFactory.engineName) {
            runtime.api.pointee.CreateSessionOptions($0)
        }
        do throws(EngineError) {
            try Self.apply(options, directory: directory, to: handle, runtime)
            try accelerator?.append(to: handle, options, runtime)
            if let profileFolder { try Self.enableProfiling(profileFolder, handle, runtime) }
        } catch {
            runtime.api.pointee.ReleaseSessionOptions(handle)
            throw error
        }
        self.runtime = runtime
        self.handle = handle
        flushesDenormals = options.flushDenormals
    }

    deinit { runtime.api.pointee.ReleaseSessionOptions(handle) }

    /// Loads and optimises a model; the caller owns the session.
    ///
    /// - Throws: `EngineError` of code `refusedModel` or `unsupportedOperator`.
    func load(_ source: ModelSource) throws(EngineError) -> OpaquePointer {
        // The first session of a process changes the calling thread's mode for good; constants are folded in it too.
        let mode = DenormalMode(flushed: flushesDenormals)
        defer { mode.restore() }
        if Runtime.minorVersion(runtime.version) < Self.externalFolderRelease, let path = source.unchangedFile {
            return try loadFile(path, source)
        }
        return try loadBytes(source)
    }

    private func loadFile(_ path: String, _ source: ModelSource) throws(EngineError) -> OpaquePointer {
        let (runtime, handle) = (runtime, handle)
        return try runtime.make(.refusedModel, subject: source.name) {
            runtime.api.pointee.CreateSession(runtime.environment, path, handle, $0)
        }
    }

    private func loadBytes(_ source: ModelSource) throws(EngineError) -> OpaquePointer {
        let (runtime, handle) = (runtime, handle)
        return try source.bytes.withUnsafeBytes { bytes throws(EngineError) in
            guard let base = bytes.baseAddress, bytes.count > 0 else {
                throw EngineError(.refusedModel, subject: source.name, reason: "the file is empty")
            }
            return try runtime.make(.refusedModel, subject: source.name) {
                runtime.api.pointee.CreateSessionFromArray(runtime.environment, base, bytes.count, handle, $0)
            }
        }
    }

    private static func refuseUnknown(_ options: EngineOptions, version: String) throws(EngineError) {
        let subject = "\(ONNXRuntimeFactory.engineName) \(version)"
        guard options.precision == .f32 else {
            throw EngineError(
                .invalidOption, subject: subject,
                reason: "it computes in the types that the model states, not in \(options.precision.rawValue)",
                remedy: "ask for f32, or convert the model")
        }
        guard (1...4096).contains(options.threads) else {
            throw EngineError(
                .invalidOption, subject: subject, reason: "\(options.threads) threads", remedy: "ask for 1 to 4096")
        }
        for key in options.extra.keys.sorted() where !SessionKeys.known.contains(key) {
            if options.device.kind == .cuda, key.hasPrefix(CUDADevice.settingPrefix) { continue }
            throw EngineError(
                .invalidOption, subject: subject, reason: "it has no session setting named \(key)",
                remedy: "the settings are: \(SessionKeys.known.sorted().joined(separator: ", "))")
        }
    }

    private static func apply(
        _ options: EngineOptions, directory: String?, to handle: OpaquePointer, _ runtime: Runtime
    ) throws(EngineError) {
        let api = runtime.api
        let subject = ONNXRuntimeFactory.engineName
        try runtime.check(api.pointee.SetSessionLogSeverityLevel(handle, 4), .invalidOption, subject: subject)
        let level: Int32 = options.optimization == .all ? 99 : 0
        try runtime.check(api.pointee.SetSessionGraphOptimizationLevel(handle, level), .invalidOption, subject: subject)
        let threads = Int32(options.threads)
        try runtime.check(api.pointee.SetIntraOpNumThreads(handle, threads), .invalidOption, subject: subject)
        try runtime.check(api.pointee.SetInterOpNumThreads(handle, 1), .invalidOption, subject: subject)
        for (key, value) in entries(options, directory: directory) {
            try runtime.check(
                api.pointee.AddSessionConfigEntry(handle, key, value), .invalidOption, subject: "\(subject), \(key)")
        }
    }

    private static func enableProfiling(
        _ folder: ProfileFolder, _ handle: OpaquePointer, _ runtime: Runtime
    ) throws(EngineError) {
        let (api, subject) = (runtime.api, "\(ONNXRuntimeFactory.engineName), profiling")
        try runtime.check(api.pointee.EnableProfiling(handle, folder.prefix), .invalidOption, subject: subject)
        try runtime.check(
            api.pointee.SetOptimizedModelFilePath(handle, folder.model), .invalidOption, subject: subject)
        try runtime.check(
            api.pointee.AddSessionConfigEntry(
                handle, "session.optimized_model_external_initializers_file_name", folder.weights), .invalidOption,
            subject: subject)
    }

    private static func entries(_ options: EngineOptions, directory: String?) -> [String: String] {
        var entries = [
            "session.intra_op.allow_spinning": options.spinning ? "1" : "0",
            "session.inter_op.allow_spinning": "0",
            "session.set_denormal_as_zero": options.flushDenormals ? "1" : "0",
        ]
        if let directory { entries["session.model_external_initializers_file_folder_path"] = directory }
        return entries.merging(options.extra.filter { SessionKeys.known.contains($0.key) }) { _, asked in asked }
    }
}
