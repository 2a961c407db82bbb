import Graphs
import Operators
import Tensors

/// What of an input decides which primitive computes a call.
enum OperandKey: Equatable {
    case omitted
    /// Fixed by the model.
    case constant
    /// An `f32` tensor: its shape, and its layout unless that is row-major.
    case numbers(Shape, Layout?)
    /// A small tensor of another type, such as the sizes of a resampling.
    case exact(Tensor)

    /// Tensors of other types count as parameters up to this many elements.
    private static let exactLimit = 64

    /// The keys of a call's inputs; `nil` where no primitive can take them.
    static func keys(_ site: CallSite, _ inputs: [Value?]) -> [OperandKey]? {
        var keys: [OperandKey] = []
        keys.reserveCapacity(inputs.count)
        for (index, value) in inputs.enumerated() {
            if index < site.operands.count, site.operands[index]?.constant != nil {
                keys.append(.constant)
                continue
            }
            switch value {
            case nil: keys.append(.omitted)
            case .tensor(let tensor)? where tensor.elementType == .float32: keys.append(.numbers(tensor.shape, nil))
            case .tensor(let tensor)? where tensor.elementCount <= exactLimit: keys.append(.exact(tensor))
            case .held(let held)?: keys.append(.numbers(held.shape, (held as? LayoutTensor)?.layout))
            default: return nil
            }
        }
        return keys
    }

    static func == (left: OperandKey, right: OperandKey) -> Bool {
        switch (left, right) {
        case (.omitted, .omitted), (.constant, .constant): true
        case (.numbers(let a, let layout), .numbers(let b, let other)): layout === other && a == b
        case (.exact(let a), .exact(let b)): a == b
        default: false
        }
    }
}
