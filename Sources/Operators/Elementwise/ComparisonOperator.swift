import Graphs
import Tensors

/// A comparison of two tensors of one type under broadcasting.
protocol ComparisonOperator: BroadcastingOperator {
    static var types: Set<ElementType> { get }
    static var versions: [Int] { get }
    static func apply<T: Comparable>(_ left: T, _ right: T) -> Bool
}

extension ComparisonOperator {
    static var types: Set<ElementType> { TypeSets.numbers }

    var agreement: Agreement { .exact }
    var signature: Signature {
        Signature(
            inputs: [.init("A", Self.types), .init("B", Self.types)], outputs: [.init("C", TypeSets.bool)],
            versions: Self.versions)
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        _ = try commonElementType(site)
        return [.tensor(.bool, try stretchedShape(site))]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        try call.widened { (call) throws(OperatorError) in
            let (left, right) = (try call.tensor(0), try call.tensor(1))
            let shape = try Broadcasting.shape([left.shape, right.shape], call.path)
            _ = try shape.allocatableCount(call.path)
            if let a = left.strings, let b = right.strings {
                let result = ElementwiseLoops.zip(a, left.shape, b, right.shape, to: shape, filling: false, Self.apply)
                return [try .make(result, shape, call.path)]
            }
            let (a, b) = (try left.comparable(call.path), try right.comparable(call.path))
            return [try a.elementType.dispatch(ComparisonKernel<Self>(a, b, shape, call.path), path: call.path)]
        }
    }
}

extension Tensor {
    /// Truth values as bytes, everything else as it is.
    fileprivate func comparable(_ path: String) throws(OperatorError) -> Tensor {
        elementType == .bool ? try Conversion.convert(self, to: .uint8, path) : self
    }
}

private struct ComparisonKernel<Function: ComparisonOperator>: NumberKernel {
    let left: Tensor
    let right: Tensor
    let shape: Shape
    let path: String

    init(_ left: Tensor, _ right: Tensor, _ shape: Shape, _ path: String) {
        self.left = left
        self.right = right
        self.shape = shape
        self.path = path
    }

    func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
        let (a, b): ([T], [T]) = (try left.elements(path), try right.elements(path))
        let result = ElementwiseLoops.zip(a, left.shape, b, right.shape, to: shape, filling: false, Function.apply)
        return try .make(result, shape, path)
    }
}
