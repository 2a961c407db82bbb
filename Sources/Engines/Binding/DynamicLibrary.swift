import Foundation

/// A shared library opened at run time; it stays open for the life of the process, as its threads and static state do.
package struct DynamicLibrary: Sendable {
    /// The path or name that was opened.
    package let path: String
    private let address: UInt

    /// Opens a library.
    ///
    /// - Throws: `EngineError` of code `unavailable` with the loader's own words.
    package init(_ path: String, engine: String) throws(EngineError) {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw EngineError(
                .unavailable, subject: engine, reason: Self.loaderMessage(),
                remedy: "install the engine, or name the folder that holds its libraries")
        }
        self.path = path
        address = UInt(bitPattern: handle)
    }

    /// The address of an exported function as a C function type.
    ///
    /// - Parameter type: a `@convention(c)` function type that describes the function truly; nothing can check it.
    /// - Throws: `EngineError` of code `unavailable` when the library does not export the name.
    package func function<Function>(_ name: String, as type: Function.Type = Function.self, engine: String)
        throws(EngineError) -> Function
    {
        guard let symbol = dlsym(UnsafeMutableRawPointer(bitPattern: address), name) else {
            throw EngineError(
                .unavailable, subject: engine, reason: "\(path) does not export \(name)",
                remedy: "install a release that has it")
        }
        return unsafeBitCast(symbol, to: type)
    }

    /// The file in a folder whose name starts with `prefix` and is a library's; the longest, most exact name wins.
    ///
    /// Names are `PREFIX.so`, `PREFIX.so.VERSION`, `PREFIX.dylib` or `PREFIX.VERSION.dylib`.
    /// - Throws: `EngineError` of code `unavailable` when there is none.
    package static func find(_ prefix: String, in folder: String, engine: String) throws(EngineError) -> String {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let matches = names.filter { name in
            guard name.hasPrefix(prefix + ".") else { return false }
            let rest = name.dropFirst(prefix.count + 1)
            return rest == "so" || rest.hasPrefix("so.") || rest.hasSuffix("dylib")
        }
        guard let name = matches.max(by: { ($0.count, $0) < ($1.count, $1) }) else {
            throw EngineError(
                .unavailable, subject: engine, reason: "no file named \(prefix).so or \(prefix).dylib in \(folder)",
                remedy: "install the engine, or name the folder that holds its libraries")
        }
        return folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    private static func loaderMessage() -> String {
        dlerror().map { String(cString: $0) } ?? "the loader gave no reason"
    }
}
