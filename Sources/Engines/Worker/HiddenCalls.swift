import Foundation

/// Calls of the C library that its Swift overlay hides, found by name; `nil` where the library lacks them.
enum HiddenCalls {
    /// `pipe2`: a pipe that is closed on exec from the start, so that no child started by another thread in between
    /// inherits an end of it.
    static let pipe2: (@convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32)? = {
        guard let symbol = dlsym(nil, "pipe2") else { return nil }
        return unsafeBitCast(symbol, to: (@convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32).self)
    }()

    /// `posix_spawn_file_actions_addclosefrom_np`: closes every descriptor from a number on in the child.
    static let addCloseFrom: (@convention(c) (OpaquePointer, Int32) -> Int32)? = {
        guard let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else { return nil }
        return unsafeBitCast(symbol, to: (@convention(c) (OpaquePointer, Int32) -> Int32).self)
    }()
}
