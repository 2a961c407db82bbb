import Graphs
import Tensors

/// Writes the nodes of a body that pullbacks and composite operators are made of, in the forms that one version of the
/// standard operator set knows.
struct NodeWriter {
    /// The version of the standard operator set the nodes are written against.
    let opset: Int
    private(set) var nodes: [Node] = []
    private var constants: [Tensor: String] = [:]
    private var count = 0

    init(opset: Int) { self.opset = opset }

    /// A name that stands for no value yet.
    mutating func fresh() -> String {
        count += 1
        return "t\(count)"
    }

    /// Adds a call of an operator and returns the name of its output.
    mutating func call(_ type: String, _ inputs: [String], _ attributes: [Attribute] = []) -> String {
        let output = fresh()
        nodes.append(Node(type, inputs: inputs, outputs: [output], attributes: attributes))
        return output
    }

    /// Adds a call with several outputs and returns their names.
    mutating func call(
        _ type: String, _ inputs: [String], outputCount: Int, _ attributes: [Attribute] = []
    ) -> [String] {
        let outputs = (0..<outputCount).map { _ in fresh() }
        nodes.append(Node(type, inputs: inputs, outputs: outputs, attributes: attributes))
        return outputs
    }

    /// Adds nodes that are written already.
    mutating func append(_ more: [Node]) { nodes += more }

    /// A constant; equal ones are written once.
    mutating func constant(_ tensor: Tensor) -> String {
        if let name = constants[tensor] { return name }
        let name = call("Constant", [], [Attribute("value", .tensor(tensor))])
        constants[tensor] = name
        return name
    }

    /// A constant vector of `i64`.
    mutating func integers(_ values: [Int]) -> String { constant(Tensor(values.map(Int64.init))) }

    /// A constant scalar of `i64`.
    mutating func integer(_ value: Int) -> String { constant(Tensor(scalar: Int64(value))) }

    /// A constant scalar of a numeric element type.
    mutating func scalar(_ value: Double, _ type: ElementType) throws(OperatorError) -> String {
        constant(try Conversion.convert(Tensor(scalar: value), to: type, "constant"))
    }

    mutating func add(_ a: String, _ b: String) -> String { call("Add", [a, b]) }
    mutating func subtract(_ a: String, _ b: String) -> String { call("Sub", [a, b]) }
    mutating func multiply(_ a: String, _ b: String) -> String { call("Mul", [a, b]) }
    mutating func divide(_ a: String, _ b: String) -> String { call("Div", [a, b]) }
    mutating func negate(_ a: String) -> String { call("Neg", [a]) }
    mutating func shape(_ a: String) -> String { call("Shape", [a]) }
    /// The extents of some axes as an `i64` vector.
    mutating func extents(_ a: String, _ axes: Range<Int>) -> String {
        if opset < 15 { return slice(shape(a), starts: [axes.lowerBound], ends: [axes.upperBound], axes: [0]) }
        return call("Shape", [a], [Attribute("start", .int(axes.lowerBound)), Attribute("end", .int(axes.upperBound))])
    }
    /// 0, 1, … for the elements along an axis, as an `i64` vector.
    mutating func positions(along axis: Int, of a: String) -> String {
        let count = squeeze(extents(a, axis..<axis + 1), axes: [0])
        return call("Range", [integer(0), count, integer(1)])
    }
    /// Vectors one after the other.
    mutating func join(_ vectors: [String]) -> String { call("Concat", vectors, [Attribute("axis", .int(0))]) }
    mutating func reshape(_ a: String, to shape: String) -> String { call("Reshape", [a, shape]) }
    mutating func matrixProduct(_ a: String, _ b: String) -> String { call("MatMul", [a, b]) }

    /// Permutes axes; leaves the value alone where the permutation does nothing.
    mutating func transpose(_ a: String, _ permutation: [Int]) -> String {
        permutation == Array(permutation.indices)
            ? a : call("Transpose", [a], [Attribute("perm", .ints(permutation))])
    }

    /// Converts to an element type.
    mutating func cast(_ a: String, to type: ElementType) -> String {
        call("Cast", [a], [Attribute("to", .int(Int(type.rawValue)))])
    }

    /// Reduces over axes, in the form with an attribute or with an input that the version asks for.
    mutating func reduce(_ type: String, _ a: String, axes: [Int], keepsDimensions: Bool = true) -> String {
        let keep = Attribute("keepdims", .int(keepsDimensions ? 1 : 0))
        return opset >= (type == "ReduceSum" ? 13 : 18)
            ? call(type, [a, integers(axes)], [keep]) : call(type, [a], [Attribute("axes", .ints(axes)), keep])
    }

    /// Removes axes of extent 1.
    mutating func squeeze(_ a: String, axes: [Int]) -> String { axesCall("Squeeze", a, axes) }

    /// Inserts axes of extent 1.
    mutating func unsqueeze(_ a: String, axes: [Int]) -> String { axesCall("Unsqueeze", a, axes) }

    private mutating func axesCall(_ type: String, _ a: String, _ axes: [Int]) -> String {
        if axes.isEmpty { return a }
        return opset >= 13 ? call(type, [a, integers(axes)]) : call(type, [a], [Attribute("axes", .ints(axes))])
    }

    /// A part of a tensor along some axes, by bounds known now.
    mutating func slice(_ a: String, starts: [Int], ends: [Int], axes: [Int]) -> String {
        if opset >= 10 { return call("Slice", [a, integers(starts), integers(ends), integers(axes)]) }
        return call(
            "Slice", [a],
            [Attribute("starts", .ints(starts)), Attribute("ends", .ints(ends)), Attribute("axes", .ints(axes))])
    }

    /// Zeros of the shape that an `i64` vector holds.
    mutating func zeros(_ shape: String, _ type: ElementType) throws(OperatorError) -> String {
        let zero = try Conversion.convert(Tensor([0.0]), to: type, "constant")
        return call("ConstantOfShape", [shape], [Attribute("value", .tensor(zero))])
    }

    /// Gives a value its final name, everywhere it stands.
    mutating func rename(_ old: String, to new: String) {
        for index in nodes.indices {
            nodes[index].inputs = nodes[index].inputs.map { $0 == old ? new : $0 }
            nodes[index].outputs = nodes[index].outputs.map { $0 == old ? new : $0 }
        }
    }

    /// Drops the nodes that the given values do not depend on.
    mutating func keepOnly(what outputs: [String]) {
        var needed = Set(outputs)
        nodes = nodes.reversed().filter { node in
            guard node.outputs.contains(where: needed.contains) else { return false }
            needed.formUnion(node.readNames)
            return true
        }.reversed()
    }
}

extension Node {
    /// The values it reads, those its body graphs take from around them included.
    var readNames: [String] {
        var names = inputs
        for attribute in attributes {
            if case .graph(let graph) = attribute.value { names += graph.nodes.flatMap(\.readNames) }
        }
        return names
    }
}
