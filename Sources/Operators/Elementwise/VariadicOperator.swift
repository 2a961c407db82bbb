import Graphs
import Tensors

/// An operator that folds any number of tensors of one type into one, under broadcasting.
protocol VariadicOperator: Operator {
    static var types: Set<ElementType> { get }
    static var versions: [Int] { get }
    static var outputName: String { get }
    static var kind: Kernel.BinaryKind? { get }
    static func apply<T: Number>(_ left: T, _ right: T) -> T
    /// What the folded value is divided by.
    func divisor(_ count: Int) -> Int
    /// Writes the gradient with respect to input `index`, before it is summed over stretched axes.
    func differentiate(_ builder: inout PullbackBuilder, _ index: Int) throws(OperatorError) -> String
}

extension VariadicOperator {
    static var types: Set<ElementType> { TypeSets.floats }
    static var kind: Kernel.BinaryKind? { nil }

    var family: OperatorFamily { .elementwise }
    var agreement: Agreement { .rounding }
    var signature: Signature {
        Signature(
            inputs: [.init("data_0", Self.types, .variadic(minimum: 1))], outputs: [.init(Self.outputName, Self.types)],
            versions: Self.versions)
    }

    func divisor(_ count: Int) -> Int { 1 }

    private func stretchedShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? {
        try Broadcasting.shape(site.operands.indices.map { site.shape($0) }, site.path)
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = try commonElementType(site) else { return [nil] }
        return [.tensor(type, try stretchedShape(site))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        let steps = Double(site.operands.count - (divisor(site.operands.count) == 1 ? 1 : 0))
        return .traffic(site, outputs: outputs, operations: steps * Work.elementCount(outputs.first ?? nil))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        try call.widened { (call) throws(OperatorError) in
            var tensors: [Tensor] = []
            for index in call.inputs.indices { tensors.append(try call.tensor(index)) }
            let kernel = VariadicKernel<Self>(
                tensors: tensors, divisor: divisor(tensors.count), path: call.path)
            return [try call.tensor(0).elementType.dispatch(kernel, path: call.path)]
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let shape = try stretchedShape(site)
        for index in site.operands.indices {
            try builder.result(index, try differentiate(&builder, index), stretchedTo: shape)
        }
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let kind = Self.kind, site.operands.count == 2 else { return nil }
        return Lowering(.binary(kind), operands: [0, 1])
    }

    /// The gradient of a maximum or minimum: shared equally among the inputs that reach it.
    func differentiateExtremum(_ builder: inout PullbackBuilder, _ index: Int) throws(OperatorError) -> String {
        let type = try builder.site.requireElementType(0)
        var masks: [String] = []
        for position in builder.site.operands.indices {
            let reaches = builder.body.call("Equal", [builder.input(position), builder.output(0)])
            masks.append(builder.body.cast(reaches, to: type))
        }
        var total = masks[0]
        for mask in masks.dropFirst() { total = builder.body.add(total, mask) }
        let share = builder.body.divide(masks[index], total)
        return builder.body.multiply(builder.gradient(), share)
    }
}

private struct VariadicKernel<Function: VariadicOperator>: NumberKernel {
    let tensors: [Tensor]
    let divisor: Int
    let path: String

    func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
        var shape = tensors[0].shape
        var values: [T] = try tensors[0].elements(path)
        for tensor in tensors.dropFirst() {
            let target = try Broadcasting.shape([shape, tensor.shape], path)
            _ = try target.allocatableCount(path)
            values = ElementwiseLoops.zip(
                values, shape, try tensor.elements(path), tensor.shape, to: target, filling: T.zero, Function.apply)
            shape = target
        }
        if divisor != 1 {
            let count = T(saturating: Double(divisor))
            values = ElementwiseLoops.map(values) { $0.divided(by: count) }
        }
        return try .make(values, shape, path)
    }
}
