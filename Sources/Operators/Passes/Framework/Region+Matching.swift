import Graphs
import Tensors

extension Node {
    /// An integer attribute, or its default; a value of another kind counts as absent.
    func int(_ name: String, default fallback: Int) -> Int {
        if case .int(let value)? = attribute(name) { value } else { fallback }
    }

    /// A float attribute, or its default; a value of another kind counts as absent.
    func float(_ name: String, default fallback: Float) -> Float {
        if case .float(let value)? = attribute(name) { value } else { fallback }
    }

    /// A list of integers.
    func ints(_ name: String) -> [Int]? { if case .ints(let values)? = attribute(name) { values } else { nil } }

    /// A text attribute, or its default.
    func text(_ name: String, default fallback: String) -> String {
        if case .string(let bytes)? = attribute(name) { bytes.text ?? fallback } else { fallback }
    }

    /// An input that is given.
    func input(_ index: Int) -> String? {
        index < inputs.count && !inputs[index].isEmpty ? inputs[index] : nil
    }

    /// The only output, where there is one.
    var onlyOutput: String? { outputs.count == 1 && !outputs[0].isEmpty ? outputs[0] : nil }

    /// The node with an attribute set.
    func setting(_ name: String, _ value: AttributeValue) -> Node {
        var node = self
        node.attributes.removeAll { $0.name == name }
        node.attributes.append(Attribute(name, value))
        return node
    }

    /// The node under another output, name and inputs kept for what else they say.
    func with(inputs: [String]? = nil, output: String? = nil) -> Node {
        var node = self
        if let inputs { node.inputs = inputs }
        if let output { node.outputs = [output] }
        return node
    }
}

extension Region {
    /// The one number of a constant of one element; `nil` for anything else.
    func scalar(_ name: String) -> Double? {
        guard let tensor = constant(name), tensor.elementCount == 1, tensor.elementType != .bool else { return nil }
        return try? tensor.doubles().first
    }

    /// The one truth value of a constant of one element.
    func truth(_ name: String) -> Bool? {
        guard let tensor = constant(name), tensor.elementType == .bool, tensor.elementCount == 1 else { return nil }
        return try? tensor.isTrue("")
    }

    /// The integers of a constant.
    func integers(_ name: String) -> [Int]? {
        guard let tensor = constant(name), tensor.elementCount < 1 << 16 else { return nil }
        return try? tensor.integers("")
    }

    /// Of two inputs, the one that varies and the constant one.
    func variableAndConstant(_ node: Node) -> (variable: String, constant: String, isConstantSecond: Bool)? {
        guard let a = node.input(0), let b = node.input(1), node.inputs.count == 2 else { return nil }
        switch (constant(a) != nil, constant(b) != nil) {
        case (false, true): return (a, b, true)
        case (true, false): return (b, a, false)
        default: return nil
        }
    }

    /// The axes of a call that takes them as an attribute or, in newer versions, as an input; `nil` where not known, and
    /// empty where absent.
    func axes(_ node: Node, input: Int = 1, rank: Int?) -> [Int]? {
        var axes = node.ints("axes") ?? []
        if let name = node.input(input) {
            guard let values = integers(name) else { return nil }
            axes = values
        }
        guard axes.contains(where: { $0 < 0 }) else { return axes }
        guard let rank else { return nil }
        return axes.map { $0 < 0 ? $0 + rank : $0 }
    }

    /// The permutation of a Transpose; the axes turned round where it states none.
    func permutation(_ node: Node) -> [Int]? {
        if let stated = node.ints("perm") { return stated.isPermutation ? stated : nil }
        guard node.attribute("perm") == nil, let name = node.inputs.first else { return nil }
        return shape(name).map { Array($0.dimensions.indices.reversed()) }
    }

    /// True where two values have one shape whatever is fed.
    func haveSameShape(_ a: String, _ b: String) -> Bool {
        guard let left = shape(a), let right = shape(b) else { return false }
        return left.dimensions == right.dimensions && !left.dimensions.contains(.unknown)
    }

    /// True where stretching a value by a constant leaves its shape as it is: the constant has no extent but 1 that the
    /// value lacks.
    func keepsShape(_ value: String, stretchedBy constant: Tensor) -> Bool {
        if constant.shape.rank == 0 { return true }
        guard let own = shape(value)?.dimensions, constant.shape.rank <= own.count else { return false }
        return zip(own.suffix(constant.shape.rank), constant.shape).allSatisfy { $1 == 1 || $0 == .fixed($1) }
    }

    /// The result of an operator on constants; `nil` where it has none.
    func evaluate(_ operatorType: String, _ inputs: [Tensor], _ attributes: [Attribute] = []) -> Tensor? {
        guard let target = shared.context.catalogue.find(domain: "", name: operatorType) else { return nil }
        let node = Node(
            operatorType, inputs: inputs.indices.map { "x\($0)" }, outputs: ["y"], attributes: attributes)
        let operands = inputs.map {
            CallSite.Operand(type: .tensor($0.elementType, SymbolicShape($0.shape)), constant: $0)
        }
        let site = CallSite(node: node, opset: opset, operands: operands)
        let call = Call(site: site, inputs: inputs.map(Value.tensor)) { (_, _) throws(OperatorError) in [] }
        return (try? target.evaluate(call))?.first?.tensor
    }

    /// A constant of a numeric type and shape `[]`.
    mutating func addScalar(_ value: Double, _ type: ElementType, base: String) -> String? {
        guard let tensor = try? Tensor(scalar: value).converted(to: type) else { return nil }
        return addConstant(tensor, base: base)
    }
}

extension [Int] {
    /// True where every number from 0 to the count stands once.
    var isPermutation: Bool { sorted() == Array(indices) }

    /// The permutation that undoes this one.
    var inverse: [Int] {
        var result = self
        for (index, value) in enumerated() { result[value] = index }
        return result
    }
}

/// Sets of operators that passes treat alike.
enum OperatorSets {
    /// Operators that apply one function to each element of their first input and keep its shape; others are scalars.
    static let unary: [String] = [
        "Abs", "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "BitwiseNot", "Cast", "Ceil", "Celu", "Clip", "Cos",
        "Cosh",
        "Elu", "Erf", "Exp", "Floor", "Gelu", "HardSigmoid", "HardSwish", "IsInf", "IsNaN", "LeakyRelu", "Log", "Mish",
        "Neg", "Not", "Reciprocal", "Relu", "Round", "Selu", "Shrink", "Sigmoid", "Sign", "Sin", "Sinh", "Softplus",
        "Softsign", "Sqrt", "Swish", "Tan", "Tanh", "ThresholdedRelu",
    ]

    /// Operators of two tensors under numpy broadcasting.
    static let binary: [String] = [
        "Add", "And", "BitwiseAnd", "BitwiseOr", "BitwiseXor", "Div", "Equal", "Greater", "GreaterOrEqual", "Less",
        "LessOrEqual", "Mul", "Or", "Pow", "Sub", "Xor",
    ]

    /// Operators that give the elements of their first input in the same order under another shape.
    static let reshaping: [String] = ["Reshape", "Flatten", "Squeeze", "Unsqueeze"]

    /// Reductions that take axes.
    static let reductions: [String] = [
        "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin",
        "ReduceProd", "ReduceSum", "ReduceSumSquare",
    ]
}
