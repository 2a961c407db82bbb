import Graphs
import Tensors

/// An operator of domain `ai.onnx.preview.training` that makes one step of an optimiser: it takes a learning rate, the
/// number of steps so far and, for tensors all together, values, gradients and states; it gives the new values and states.
protocol TrainingStep: CompositeOperator {
    /// How many states the optimiser keeps for each tensor.
    static var stateCount: Int { get }
    /// The attributes.
    static var rules: [Signature.AttributeRule] { get }
    /// Writes the step of one tensor: the new value and the new states.
    func write(_ body: inout NodeWriter, _ operands: TrainingOperands, _ site: CallSite) throws(OperatorError)
        -> [String]
}

/// What one tensor's step of an optimiser reads.
struct TrainingOperands {
    /// The learning rate, in the type of the value.
    let rate: String
    /// The number of steps so far, an integer.
    let count: String
    let value: String
    let gradient: String
    let states: [String]
    let type: ElementType
}

extension TrainingStep {
    var domain: String { "ai.onnx.preview.training" }
    var family: OperatorFamily { .training }
    var agreement: Agreement { .approximation }
    static var types: Set<ElementType> { [.float32, .float64] }

    static var stepSignature: Signature {
        Signature(
            inputs: [
                .init("R", types), .init("T", TypeSets.int64), .init("inputs", types, .variadic(minimum: 1)),
            ], outputs: [.init("outputs", types, .variadic(minimum: 1))], attributes: rules, versions: [1])
    }

    /// The number of tensors that make a step together.
    private func tensorCount(_ site: CallSite) throws(OperatorError) -> Int {
        let (given, each) = (site.node.inputs.count - 2, 2 + Self.stateCount)
        guard given > 0, given % each == 0 else {
            throw OperatorError(
                .arity, subject: site.path,
                reason: "\(given) tensors cannot be shared out to values, gradients and states",
                remedy: "give \(each) for each tensor to train")
        }
        return given / each
    }

    /// Refuses a gradient or state of another type or shape than its tensor, and a rate or count that is no scalar.
    private func checkShapes(_ site: CallSite, _ count: Int) throws(OperatorError) {
        for index in 2..<site.node.inputs.count {
            let tensor = 2 + (index - 2) % count
            guard let own = site.fixedShape(index), let value = site.fixedShape(tensor) else { continue }
            guard own == value, site.elementType(index) == site.elementType(tensor) else {
                throw OperatorError(
                    .shape, subject: site.path,
                    reason: "input \(index) of shape \(own) does not fit a tensor of \(value)",
                    remedy: "give gradients and states the type and shape of what is trained")
            }
        }
        for index in 0...1 {
            guard let shape = site.fixedShape(index), shape.rank > 1 || shape.elementCount != 1 else { continue }
            throw OperatorError(.shape, subject: site.path, reason: "input \(index) of shape \(shape) is no scalar")
        }
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let count = try tensorCount(site)
        try checkShapes(site, count)
        let states = count * Self.stateCount
        return Array((2..<2 + count).map { site.operand($0)?.type })
            + (2 + 2 * count..<2 + 2 * count + states).map { site.operand($0)?.type }
    }

    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String] {
        let count = try tensorCount(site)
        try checkShapes(site, count)
        // A vector of one element would stretch a tensor that is a scalar.
        let scalars = [0, 1].map { site.rank($0) == 1 ? body.squeeze(inputs[$0], axes: [0]) : inputs[$0] }
        var results: [[String]] = []
        for tensor in 0..<count {
            let own = (0..<2 + Self.stateCount).map { inputs[2 + $0 * count + tensor] }
            let type = try site.requireElementType(2 + tensor)
            let rate = site.elementType(0) == type ? scalars[0] : body.cast(scalars[0], to: type)
            let operands = TrainingOperands(
                rate: rate, count: scalars[1], value: own[0], gradient: own[1], states: Array(own[2...]), type: type)
            results.append(try write(&body, operands, site))
        }
        // All new values, then all first states, and so on.
        return (0..<1 + Self.stateCount).flatMap { kind in results.map { $0[kind] } }
    }

    /// The gradient with that of `½ c ‖x‖²` added.
    func regularized(
        _ body: inout NodeWriter, _ operands: TrainingOperands, _ coefficient: Float
    ) throws(OperatorError) -> String {
        let factor = try body.scalar(Double(coefficient), operands.type)
        return body.add(body.multiply(operands.value, factor), operands.gradient)
    }

    /// True where steps were made before, as a value of the body.
    func hasStepped(_ body: inout NodeWriter, _ operands: TrainingOperands) -> String {
        body.call("Greater", [operands.count, body.integer(0)])
    }
}
