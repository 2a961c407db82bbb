import Tensors

extension ValueType: CustomStringConvertible {
    /// The type as the canonical text writes it: `f32[N, 3, 224, 224]`, `sequence(f32[?])`, `i64` of unknown rank.
    public var description: String {
        switch self {
        case .tensor(let element, let shape): element.name + (shape?.description ?? "")
        case .sparseTensor(let element, let shape): "sparse(\(element.name)\(shape?.description ?? ""))"
        case .sequence(let element): "sequence(\(element))"
        case .optional(let element): "optional(\(element))"
        case .map(let key, let value): "map(\(key.name), \(value))"
        case .opaque(let domain, let name):
            "opaque(\(TextWriter.name(domain)), \(TextWriter.name(name)))"
        }
    }
}

extension SymbolicShape: CustomStringConvertible {
    /// The extents in brackets, `?` for unknown ones; what an extent denotes follows it: `[N as "DATA_BATCH", 3]`.
    public var description: String {
        let extents = dimensions.enumerated().map { axis, dimension in
            let text =
                switch dimension {
                case .fixed(let extent): "\(extent)"
                case .symbol(let symbol):
                    symbol.first?.isNumber ?? true ? TextWriter.quoted(symbol) : TextWriter.name(symbol)
                case .unknown: "?"
                }
            guard denotations.indices.contains(axis), !denotations[axis].isEmpty else { return text }
            return "\(text) as \(TextWriter.quoted(denotations[axis]))"
        }
        return "[\(extents.joined(separator: ", "))]"
    }
}
