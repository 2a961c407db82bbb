import Graphs
import Tensors

/// An operator that applies one function to each element of one tensor and keeps its type and shape.
protocol UnaryOperator: Operator {
    /// The attributes as the function takes them.
    associatedtype Parameters: Sendable = Void

    /// The element types the newest version allows.
    static var types: Set<ElementType> { get }
    /// The operator-set versions in which the operator first stood or changed.
    static var versions: [Int] { get }
    /// The attributes.
    static var rules: [Signature.AttributeRule] { get }
    /// The names of input and output in the standard.
    static var parameterNames: (input: String, output: String) { get }
    /// Operations an element costs.
    static var operationsPerElement: Double { get }

    /// Reads the attributes.
    func parameters(_ site: CallSite) throws(OperatorError) -> Parameters
    /// The kernel that computes the function, if the closed vocabulary has one.
    func kind(_ parameters: Parameters) -> Kernel.UnaryKind?
    /// Computes the function on a tensor of any type allowed, `f16` and `bf16` widened.
    func compute(_ tensor: Tensor, _ parameters: Parameters, _ path: String) throws(OperatorError) -> Value
    /// Writes the gradient with respect to the input.
    func differentiate(
        _ builder: inout PullbackBuilder, _ parameters: Parameters
    ) throws(OperatorError) -> String?
}

extension UnaryOperator {
    static var types: Set<ElementType> { TypeSets.floats }
    static var rules: [Signature.AttributeRule] { [] }
    static var parameterNames: (input: String, output: String) { ("input", "output") }
    static var operationsPerElement: Double { 1 }

    var family: OperatorFamily { .elementwise }
    var agreement: Agreement { .approximation }
    var signature: Signature {
        Signature(
            inputs: [.init(Self.parameterNames.input, Self.types)],
            outputs: [.init(Self.parameterNames.output, Self.types)], attributes: Self.rules, versions: Self.versions)
    }

    func kind(_ parameters: Parameters) -> Kernel.UnaryKind? { nil }

    func differentiate(
        _ builder: inout PullbackBuilder, _ parameters: Parameters
    ) throws(OperatorError) -> String? { nil }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] { [site.operand(0)?.type] }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(
            site, outputs: outputs, operations: Self.operationsPerElement * Work.elementCount(outputs.first ?? nil))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let parameters = try parameters(call.site)
        return try call.widened { (call) throws(OperatorError) in
            [try compute(try call.tensor(0), parameters, call.path)]
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        guard let gradient = try differentiate(&builder, try parameters(site)) else { return nil }
        builder.result(0, gradient)
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let parameters = try? parameters(site), let kind = kind(parameters) else { return nil }
        return Lowering(.unary(kind), operands: [0])
    }
}

extension UnaryOperator where Parameters == Void {
    func parameters(_ site: CallSite) throws(OperatorError) {}
}

/// A unary function of real numbers.
protocol RealFunction: UnaryOperator {
    static func apply<T: Real>(_ x: T, _ parameters: Parameters) -> T
}

extension RealFunction {
    func compute(_ tensor: Tensor, _ parameters: Parameters, _ path: String) throws(OperatorError) -> Value {
        try computeReal(tensor, parameters, path)
    }

    /// Computes the function on `f32` or `f64`.
    func computeReal(_ tensor: Tensor, _ parameters: Parameters, _ path: String) throws(OperatorError) -> Value {
        let kernel = RealFunctionKernel<Self>(tensor: tensor, parameters: parameters, path: path)
        return try tensor.elementType.dispatchReal(kernel, path: path)
    }
}

private struct RealFunctionKernel<Function: RealFunction>: RealKernel {
    let tensor: Tensor
    let parameters: Function.Parameters
    let path: String

    func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
        let values: [T] = try tensor.elements(path)
        let parameters = parameters
        return try .make(ElementwiseLoops.map(values) { Function.apply($0, parameters) }, tensor.shape, path)
    }
}

/// A unary function of any numbers, integers too.
protocol NumberFunction: UnaryOperator where Parameters == Void {
    static func apply<T: Number>(_ x: T) -> T
}

extension NumberFunction {
    var agreement: Agreement { .exact }

    func compute(_ tensor: Tensor, _ parameters: Void, _ path: String) throws(OperatorError) -> Value {
        try tensor.elementType.dispatch(NumberFunctionKernel<Self>(tensor: tensor, path: path), path: path)
    }
}

private struct NumberFunctionKernel<Function: NumberFunction>: NumberKernel {
    let tensor: Tensor
    let path: String

    func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
        let values: [T] = try tensor.elements(path)
        return try .make(ElementwiseLoops.map(values) { Function.apply($0) }, tensor.shape, path)
    }
}
