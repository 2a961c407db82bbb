import Foundation

/// Where the running executable lies.
enum ExecutableLocation {
    /// Its path, free of links.
    static func path() -> String? {
        #if os(Linux)
            return try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        #else
            return Bundle.main.executablePath
        #endif
    }
}
