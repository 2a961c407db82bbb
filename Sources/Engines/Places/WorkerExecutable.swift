import Foundation

/// Where this machine's worker executable lies.
public enum WorkerExecutable {
    /// The variable that names the executable when it is elsewhere.
    public static let variable = "ASSAY_WORKER"
    /// The names it has: as a product, and as SwiftPM names it when built for one target alone.
    static let names = ["assay-worker", "AssayWorker"]

    /// Finds the worker: by `ASSAY_WORKER`, else beside the running executable, else on the path.
    ///
    /// - Throws: `WorkerError` of code `notFound`.
    public static func find() throws(WorkerError) -> String {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment[variable], !named.isEmpty {
            guard isExecutable(named) else {
                throw WorkerError(
                    .notFound, subject: named, reason: "\(variable) names it and it is no executable file",
                    remedy: "set \(variable) to the path of assay-worker, or unset it")
            }
            return named
        }
        let beside = ExecutableLocation.path().map { [($0 as NSString).deletingLastPathComponent] } ?? []
        let path = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        for folder in beside + path {
            for name in names where isExecutable("\(folder)/\(name)") { return "\(folder)/\(name)" }
        }
        throw WorkerError(
            .notFound, subject: "assay-worker",
            reason: "it lies neither beside the running executable nor on the path",
            remedy: "build it with `swift build -c release --product assay-worker`, or set \(variable)")
    }

    private static func isExecutable(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }
}
