import Graphs
import Tensors

/// Writes the pullback of one call: nodes that read `input.I`, `output.I` and `gradient.I` and give `inputGradient.I`.
///
/// The body is written against the operator set of the call itself, so that no engine must know two.
struct PullbackBuilder {
    let site: CallSite
    /// The nodes of the body.
    var body: NodeWriter
    private var results: [Int: String] = [:]

    init(_ site: CallSite) {
        self.site = site
        body = NodeWriter(opset: site.bodyOpset)
    }

    /// An input of the call.
    func input(_ index: Int) -> String { "input.\(index)" }
    /// An output of the call.
    func output(_ index: Int) -> String { "output.\(index)" }
    /// The gradient of the loss with respect to an output of the call.
    func gradient(_ index: Int = 0) -> String { "gradient.\(index)" }

    /// A constant scalar of the element type of an input of the call.
    mutating func scalar(_ value: Double, likeInput index: Int = 0) throws(OperatorError) -> String {
        try body.scalar(value, try site.requireElementType(index))
    }

    /// The gradient times `slope` where the first input is below 0, times `otherwise` elsewhere.
    mutating func negativeBranch(_ slope: String, otherwise: Double) throws(OperatorError) -> String {
        let isNegative = body.call("Less", [input(0), try scalar(0)])
        let slopes = body.call("Where", [isNegative, slope, try scalar(otherwise)])
        return body.multiply(gradient(), slopes)
    }

    /// Declares the gradient with respect to an input.
    mutating func result(_ index: Int, _ name: String) { results[index] = name }

    /// Declares the gradient with respect to an input that was stretched to a shape: sums over the stretched axes.
    mutating func result(_ index: Int, _ name: String, stretchedTo shape: SymbolicShape?) throws(OperatorError) {
        results[index] = try reduced(name, toInput: index, from: shape)
    }

    /// Sums a gradient of shape `target` over the axes along which an input was stretched.
    mutating func reduced(
        _ name: String, toInput index: Int, from target: SymbolicShape?
    ) throws(OperatorError) -> String {
        guard let own = site.shape(index), let target else {
            return try dynamicallyReduced(name, toInput: index)
        }
        let lead = target.dimensions.count - own.dimensions.count
        guard lead >= 0 else {
            throw OperatorError(
                .notDifferentiable, subject: site.path,
                reason: "input \(index) of shape \(own.text) was not stretched to \(target.text)")
        }
        var axes = Array(0..<lead)
        for (axis, extent) in own.dimensions.enumerated() {
            let stretched = target.dimensions[lead + axis]
            if extent == .fixed(1) {
                if stretched != .fixed(1) { axes.append(lead + axis) }
            } else if extent.value == nil, extent != stretched || extent == .unknown {
                return try dynamicallyReduced(name, toInput: index)
            }
        }
        if axes.isEmpty { return name }
        let sum = body.reduce("ReduceSum", name, axes: axes)
        return lead == 0 ? sum : body.reshape(sum, to: body.shape(input(index)))
    }

    /// Sums over the axes that turn out to be stretched when the body runs.
    private mutating func dynamicallyReduced(_ name: String, toInput index: Int) throws(OperatorError) -> String {
        guard body.opset >= 13 else {
            throw OperatorError(
                .notDifferentiable, subject: site.path, reason: "the shape of input \(index) is not known",
                remedy: "infer the shapes of the model first, or use operator set 13 or newer")
        }
        let own = body.shape(input(index))
        let target = body.shape(name)
        // Extents of the input with ones in front, as many as the gradient has axes.
        let lead = body.subtract(body.shape(target), body.shape(own))
        let one = Tensor([Int64(1)])
        let ones = body.call("ConstantOfShape", [lead], [Attribute("value", .tensor(one))])
        let padded = body.call("Concat", [ones, own], [Attribute("axis", .int(0))])
        let mask = body.call("Equal", [padded, body.integer(1)])
        let axes = body.reshape(body.call("NonZero", [mask]), to: body.integers([-1]))
        let sum = body.call(
            "ReduceSum", [name, axes],
            [Attribute("keepdims", .int(1)), Attribute("noop_with_empty_axes", .int(1))])
        return body.reshape(sum, to: own)
    }

    /// The finished pullback, named after the operator and the hash of its body.
    func pullback() -> Pullback {
        var body = body
        var outputs: [String] = []
        for (index, name) in results.sorted(by: { $0.key < $1.key }) {
            let final = "inputGradient.\(index)"
            let isInner = body.nodes.contains { $0.outputs.contains(name) } && !outputs.contains(name)
            if isInner {
                body.rename(name, to: final)
            } else {
                body.append([Node("Identity", inputs: [name], outputs: [final])])
            }
            outputs.append(final)
        }
        body.keepOnly(what: outputs)
        let read = Set(body.nodes.flatMap(\.readNames))
        let counts = [("input", site.node.inputs.count), ("output", site.node.outputs.count)]
        var inputs = counts.flatMap { kind, count in (0..<count).map { "\(kind).\($0)" } }
        inputs += (0..<site.node.outputs.count).map { "gradient.\($0)" }
        inputs = inputs.filter(read.contains)
        let hash = BodyHash.hash(inputs: inputs, outputs: outputs, nodes: body.nodes, opset: body.opset)
        return Pullback(
            function: Function(
                domain: Pullback.domain, name: "\(site.node.operatorType)_\(hash)", inputs: inputs, outputs: outputs,
                nodes: body.nodes, opsets: ["": body.opset]))
    }
}
