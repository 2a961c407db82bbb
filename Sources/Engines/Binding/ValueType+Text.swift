package import Graphs
import Tensors

extension ValueType {
    /// The type as messages write it: `f32[Nx3x224x224]`, `i64[scalar]`, `f32[any shape]`, `sequence(f32[?])`.
    package var text: String {
        switch self {
        case .tensor(let type, let shape): "\(type.name)[\(shape?.text ?? "any shape")]"
        case .sparseTensor(let type, let shape): "sparse \(type.name)[\(shape?.text ?? "any shape")]"
        case .sequence(let element): "sequence(\(element.text))"
        case .optional(let element): "optional(\(element.text))"
        case .map(let key, let value): "map(\(key.name): \(value.text))"
        case .opaque(let domain, let name): "opaque(\(domain).\(name))"
        }
    }

    /// What a session is fed: the tensor inside an optional, else the type itself.
    package var fedType: ValueType {
        if case .optional(let element) = self { element } else { self }
    }
}

extension SymbolicShape {
    /// The extents as messages write them: `Nx3x224x224`, `?` for an extent without a name.
    package var text: String {
        guard !dimensions.isEmpty else { return "scalar" }
        return dimensions.map { dimension in
            switch dimension {
            case .fixed(let extent): String(extent)
            case .symbol(let name): name
            case .unknown: "?"
            }
        }.joined(separator: "x")
    }
}
