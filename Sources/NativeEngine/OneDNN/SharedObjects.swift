import Synchronization
import Tensors

/// What was made of constants and is in use, by what tells it apart, so that plans for other shapes share it; what nobody
/// uses any more is let go.
final class SharedObjects<Key: Hashable & Sendable, Object: AnyObject & Sendable>: Sendable {
    private struct Entry: Sendable {
        weak let object: Object?
    }

    private let entries = Mutex<[Key: Entry]>([:])

    /// The object of a key, made where nobody has it; `nil` where it cannot be made.
    func object(_ key: Key, make: () -> Object?) -> Object? {
        entries.withLock { entries in
            if let known = entries[key]?.object { return known }
            let object = make()
            entries = entries.filter { $0.value.object != nil }
            entries[key] = Entry(object: object)
            return object
        }
    }
}

extension Tensor {
    /// The address of the elements, which is nobody else's while they are kept; 0 for texts.
    var storageAddress: UInt { bytes?.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) } ?? 0 }
}
