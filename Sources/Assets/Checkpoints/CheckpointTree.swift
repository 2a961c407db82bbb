import Tensors

/// Walks the value of a checkpoint's pickle and names the tensors it finds.
struct CheckpointTree {
    private static let deepest = 8
    private static let mostVisits = 1 << 20

    private let arena: PickleArena
    private let subject: String
    private let resolve: (TensorView) throws(AssetError) -> Tensor
    private var names: [String] = []
    private var tensors: [String: Tensor] = [:]
    private var visits = 0

    private init(
        _ arena: PickleArena, subject: String, resolve: @escaping (TensorView) throws(AssetError) -> Tensor
    ) {
        self.arena = arena
        self.subject = subject
        self.resolve = resolve
    }

    /// The names in file order and the tensors by name; numbers, texts and `None` beside them are left out.
    static func flatten(
        _ root: PickleValue, _ arena: PickleArena, subject: String,
        resolve: @escaping (TensorView) throws(AssetError) -> Tensor
    ) throws(AssetError) -> (names: [String], tensors: [String: Tensor]) {
        var tree = CheckpointTree(arena, subject: subject, resolve: resolve)
        try tree.visit(root, name: "", depth: 0)
        guard !tree.names.isEmpty else {
            throw AssetError(.refusedCheckpoint, subject: subject, reason: "it holds no tensor")
        }
        return (tree.names, tree.tensors)
    }

    private mutating func visit(_ value: PickleValue, name: String, depth: Int) throws(AssetError) {
        visits += 1
        guard depth <= CheckpointTree.deepest, visits <= CheckpointTree.mostVisits else {
            throw AssetError(.limitExceeded, subject: subject, reason: "its containers nest too deep or are too many")
        }
        switch value {
        case .none, .bool, .int, .float, .text, .bytes: break
        case .tensor(let index): try add(try resolve(arena.tensors[index]), name: name)
        case .numpyArray(let index):
            guard let tensor = arena.numpyArrays[index].content else { throw refused(name, "an array without content") }
            try add(tensor, name: name)
        case .sequence(let index):
            for (position, item) in arena.sequences[index].enumerated() {
                try visit(item, name: join(name, String(position)), depth: depth + 1)
            }
        case .mapping(let index):
            for (key, item) in arena.mappings[index] {
                try visit(item, name: join(name, try text(key, within: name)), depth: depth + 1)
            }
        case .global, .numpyType, .storage, .mark: throw refused(name, "a value that is no plain tensor is refused")
        }
    }

    private func refused(_ name: String, _ reason: String) -> AssetError {
        AssetError(.refusedCheckpoint, subject: "\(subject), entry '\(name)'", reason: reason)
    }

    private func join(_ name: String, _ part: String) -> String { name.isEmpty ? part : "\(name).\(part)" }

    private func text(_ key: PickleValue, within name: String) throws(AssetError) -> String {
        switch key {
        case .text(let text): return text
        case .int(let number): return String(number)
        // Texts of Python 2 are bytes.
        case .bytes(let bytes): return String(decoding: bytes.array, as: UTF8.self)
        default: throw refused(name, "a key that is neither text nor number is refused")
        }
    }

    private mutating func add(_ tensor: Tensor, name: String) throws(AssetError) {
        guard tensors.updateValue(tensor, forKey: name) == nil else {
            throw AssetError(.malformed, subject: "\(subject), entry '\(name)'", reason: "it occurs twice")
        }
        names.append(name)
    }
}
