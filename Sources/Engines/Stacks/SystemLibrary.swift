import Foundation

/// Whether the system's loader finds a shared library.
enum SystemLibrary {
    static func exists(_ name: String) -> Bool {
        guard let handle = dlopen(name, RTLD_LAZY | RTLD_LOCAL) else { return false }
        dlclose(handle)
        return true
    }
}
