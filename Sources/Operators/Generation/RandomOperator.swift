import Graphs
import Tensors

/// An operator that draws a tensor of random numbers.
///
/// The seed is the node's, else one made of the node's outputs' names: a model gives the same numbers in every run, which
/// studies need, and two nodes without seeds give different ones.
protocol RandomOperator: Operator {
    /// One number from the distribution that the attributes state.
    func draw(_ generator: inout SplitMix64, _ attributes: Attributes) throws(OperatorError) -> Double
}

extension RandomOperator {
    var family: OperatorFamily { .generation }
    var agreement: Agreement { .random }

    private var isLike: Bool { !signature.inputs.isEmpty }

    private func elementType(_ attributes: Attributes, _ input: ElementType?) throws(OperatorError) -> ElementType? {
        try attributes.optionalElementType("dtype") ?? input
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let attributes = attributes(site)
        guard let type = try elementType(attributes, site.elementType(0)) else { return [nil] }
        return [.tensor(type, isLike ? site.shape(0) : SymbolicShape(Shape(try attributes.ints("shape"))))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: 8 * Work.elementCount(outputs.first ?? nil))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let input = isLike ? try call.tensor(0) : nil
        let shape: Shape
        if let input { shape = input.shape } else { shape = Shape(try attributes.ints("shape")) }
        guard let type = try elementType(attributes, input?.elementType), type.isFloatingPoint else {
            throw OperatorError(.type, subject: call.path, reason: "it draws floats only", remedy: "set dtype")
        }
        var generator = SplitMix64(seed: try RandomSeed.seed(attributes, call.node))
        var values: [Double] = []
        for _ in 0..<(try shape.allocatableCount(call.path)) { values.append(try draw(&generator, attributes)) }
        return [.tensor(try Conversion.convert(try Tensor.make(values, shape, call.path), to: type, call.path))]
    }
}

/// The seeds of random operators.
enum RandomSeed {
    static func seed(_ attributes: Attributes, _ node: Node) throws(OperatorError) -> UInt64 {
        if let seed = try attributes.optionalFloat("seed") { return UInt64(seed.bitPattern) }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in node.outputs.joined(separator: "|").utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash
    }
}
