import Tensors

/// PyTorch's form before version 1.6: five pickles (magic number, protocol, system, object, storage keys), then for each
/// key the element count in eight bytes and the elements.
enum TorchLegacyFile {
    /// 0x1950a86a20f9469cfc6c, little-endian: the number itself needs more than 64 bits.
    private static let magic: [UInt8] = [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]

    static func matches(_ bytes: Bytes) -> Bool {
        // PROTO 2, LONG1 of ten bytes.
        bytes.slice(0..<14)?.array == [0x80, 0x02, 0x8A, 0x0A] + magic
    }

    static func read(
        _ bytes: Bytes, subject: String
    ) throws(AssetError) -> (names: [String], tensors: [String: Tensor]) {
        var position = 0
        var machine = try run(bytes, &position, subject).machine
        _ = try run(bytes, &position, subject)
        try checkSystem(try run(bytes, &position, subject), subject: subject)
        let root: PickleValue
        (root, machine) = try run(bytes, &position, subject)
        let arena = machine.arena
        let keys = try run(bytes, &position, subject)
        let storages = try locate(keys, storages: arena.tensors.map(\.storage), bytes, position, subject)
        return try CheckpointTree.flatten(root, arena, subject: subject) {
            (view: TensorView) throws(AssetError) -> Tensor in
            guard let storage = storages[view.storage.key] else {
                throw AssetError(.malformed, subject: subject, reason: "storage '\(view.storage.key)' is missing")
            }
            return try TorchTensor.make(view, storage: storage, subject: subject)
        }
    }

    private static func run(
        _ bytes: Bytes, _ position: inout Int, _ subject: String
    ) throws(AssetError) -> (value: PickleValue, machine: PickleMachine) {
        var machine = PickleMachine(bytes, position: position, subject: subject)
        let value = try machine.run()
        position = machine.position
        return (value, machine)
    }

    private static func checkSystem(
        _ system: (value: PickleValue, machine: PickleMachine), subject: String
    ) throws(AssetError) {
        guard case .mapping(let index) = system.value else { throw system.machine.malformed("no system information") }
        let entries = system.machine.arena.mappings[index]
        guard entries.contains(where: { $0.key == .text("little_endian") && $0.value == .bool(true) }) else {
            throw AssetError(.unsupported, subject: subject, reason: "it was written on a big-endian machine")
        }
    }

    /// The bytes of every storage, by key.
    private static func locate(
        _ keys: (value: PickleValue, machine: PickleMachine), storages: [TorchStorage], _ bytes: Bytes, _ start: Int,
        _ subject: String
    ) throws(AssetError) -> [String: Bytes] {
        guard case .sequence(let index) = keys.value else { throw keys.machine.malformed("no list of storages") }
        var known: [String: TorchStorage] = [:]
        for storage in storages {
            if let other = known.updateValue(storage, forKey: storage.key), other != storage {
                throw AssetError(
                    .malformed, subject: "\(subject), storage '\(storage.key)'", reason: "two tensors disagree about it"
                )
            }
        }
        var located: [String: Bytes] = [:]
        var position = start
        for key in keys.machine.arena.sequences[index] {
            guard case .text(let key) = key, let storage = known[key] else {
                throw AssetError(.malformed, subject: subject, reason: "a storage that no tensor uses")
            }
            guard let count = LittleEndian(bytes).uint64(at: position), count == UInt64(storage.count),
                let size = storage.elementType.byteCount(of: storage.count), size <= bytes.count - position - 8,
                let content = bytes.slice((position + 8)..<(position + 8 + size))
            else {
                throw AssetError(
                    .malformed, subject: "\(subject), byte \(position)",
                    reason: "storage '\(key)' of \(storage.count) elements is not there", remedy: "fetch the file again"
                )
            }
            located[key] = content
            position += 8 + size
        }
        return located
    }
}
