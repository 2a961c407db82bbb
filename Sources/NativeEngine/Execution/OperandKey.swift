import Graphs
import Operators
import Tensors

/// What of an input decides which primitive computes a call.
enum OperandKey: Equatable {
    case omitted
    /// Fixed by the model.
    case constant
    /// A tensor: its type and shape, and its layout unless that is row-major.
    case numbers(ElementType, Shape, Layout?)
    /// A small tensor that is no `f32`, such as the sizes of a resampling.
    case exact(Tensor)

    /// Tensors that are no `f32` count as parameters up to this many elements.
    private static let exactLimit = 64

    /// The keys of a call's inputs; `nil` where no kernel can take them.
    ///
    /// - Parameter byValue: whether the elements of small tensors decide, and not their shapes alone.
    static func keys(_ site: CallSite, _ inputs: [Value?], byValue: Bool) -> [OperandKey]? {
        var keys: [OperandKey] = []
        keys.reserveCapacity(inputs.count)
        for (index, value) in inputs.enumerated() {
            if index < site.operands.count, site.operands[index]?.constant != nil {
                keys.append(.constant)
                continue
            }
            switch value {
            case nil: keys.append(.omitted)
            case .tensor(let tensor)?
            where byValue && tensor.elementType != .float32 && tensor.elementCount <= exactLimit:
                keys.append(.exact(tensor))
            case .tensor(let tensor)?:
                guard tensor.bytes != nil else { return nil }
                keys.append(.numbers(tensor.elementType, tensor.shape, nil))
            case .held(let held)?:
                keys.append(.numbers(held.elementType, held.shape, (held as? LayoutTensor)?.layout))
            default: return nil
            }
        }
        return keys
    }

    static func == (left: OperandKey, right: OperandKey) -> Bool {
        switch (left, right) {
        case (.omitted, .omitted), (.constant, .constant): true
        case (.numbers(let type, let a, let layout), .numbers(let otherType, let b, let other)):
            layout === other && type == otherType && a == b
        case (.exact(let a), .exact(let b)): a == b
        default: false
        }
    }
}
