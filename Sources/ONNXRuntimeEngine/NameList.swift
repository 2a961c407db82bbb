import Foundation

/// Names as the C strings that a run passes, made once for all runs.
final class NameList: @unchecked Sendable {
    let count: Int
    let pointers: UnsafePointer<UnsafePointer<CChar>?>
    private let storage: UnsafeMutablePointer<UnsafePointer<CChar>?>

    init(_ names: [String]) {
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
