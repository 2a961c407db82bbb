import Foundation

/// Strings as the array of C strings that a C function takes.
package final class NameList: @unchecked Sendable {
    /// The number of names.
    package let count: Int
    /// The C strings, valid while this object lives.
    package let pointers: UnsafePointer<UnsafePointer<CChar>?>
    private let storage: UnsafeMutablePointer<UnsafePointer<CChar>?>

    /// Copies the names.
    package init(_ names: [String]) {
        count = names.count
        storage = .allocate(capacity: max(names.count, 1))
        storage.initialize(repeating: nil, count: max(names.count, 1))
        for (index, name) in names.enumerated() { storage[index] = strdup(name).map { UnsafePointer($0) } }
        pointers = UnsafePointer(storage)
    }

    deinit {
        for index in 0..<count { free(UnsafeMutablePointer(mutating: storage[index])) }
        storage.deallocate()
    }
}
