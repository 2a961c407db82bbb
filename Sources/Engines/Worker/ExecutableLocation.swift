import Foundation

/// Where the running executable lies.
enum ExecutableLocation {
    /// Its path, free of links.
    static func path() -> String? {
        #if os(Linux)
            let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            // A loader that was called by name is what the kernel knows; who calls it so says what it loads.
            guard (path as? NSString)?.lastPathComponent.hasPrefix("ld-") == true else { return path }
            return ProcessInfo.processInfo.environment[WorkerExecutable.variable] ?? path
        #else
            return Bundle.main.executablePath
        #endif
    }
}
