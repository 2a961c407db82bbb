import Graphs
import Tensors

extension ValueType {
    /// The type as messages write it: `f32[batchx3x224x224]`.
    var text: String {
        switch self {
        case .tensor(let element, let shape): "\(element.name)[\(shape?.text ?? "…")]"
        case .sparseTensor(let element, let shape): "sparse \(element.name)[\(shape?.text ?? "…")]"
        case .sequence(let element): "sequence(\(element.text))"
        case .optional(let element): "optional(\(element.text))"
        case .map(let key, let value): "map(\(key.name), \(value.text))"
        case .opaque(let domain, let name): "\(domain).\(name)"
        }
    }
}
