import Foundation

/// A C library opened at run time; it stays open for the life of the process.
struct SharedLibrary: @unchecked Sendable {
    private let handle: UnsafeMutableRawPointer
    private let name: String

    /// Opens the first of several names that the loader finds.
    ///
    /// - Throws: `ImageError` of code `libraryUnavailable` with the package to install.
    init(anyOf names: [String], package: String) throws(ImageError) {
        var reason = "no name to look for"
        for name in names {
            if let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) {
                self.handle = handle
                self.name = name
                return
            }
            reason = dlerror().map { String(cString: $0) } ?? "dlopen failed"
        }
        throw ImageError(
            .libraryUnavailable, subject: names.first ?? "", reason: reason,
            remedy: "install it: apt-get install \(package)")
    }

    /// The address of a function, as the C function type that the caller declares.
    func function<Function>(_ symbol: String, as type: Function.Type) throws(ImageError) -> Function {
        guard let address = dlsym(handle, symbol) else {
            throw ImageError(
                .libraryUnavailable, subject: name, reason: "it lacks the function \(symbol)",
                remedy: "install a newer version of the library")
        }
        return unsafeBitCast(address, to: type)
    }
}
