import Graphs
import Operators
import Tensors

/// What follows a real result and alone reads it, which a quantised kernel does before it stores: a bias, an activation, and
/// quantisation.
struct ResultTail {
    /// The value in the place of the result.
    private(set) var output: String
    private(set) var bias: String?
    private(set) var activation = Kernel.QuantizedActivation.identity
    private(set) var scale: String?
    private(set) var zeroPoint: String?
    /// The nodes that are part of it.
    private(set) var nodes: [Int] = []

    /// - Parameters:
    ///   - columns: how many numbers a bias has, where one may be taken.
    ///   - takesGelu: whether the kernel knows the Gaussian error linear unit.
    init(_ result: String, _ index: GraphIndex, columns: Int?, takesGelu: Bool) {
        output = result
        if let columns { takeBias(index, columns) }
        if let (number, node) = index.reader(output, "Relu") {
            activation = .relu
            take(number, node)
        } else if takesGelu, let (number, node) = index.reader(output, "Gelu"), !Self.isApproximate(node) {
            activation = .gelu
            take(number, node)
        }
        takeQuantization(index)
    }

    private static func isApproximate(_ gelu: Node) -> Bool {
        if case .string(let form)? = gelu.attribute("approximate") { form.text != "none" } else { false }
    }

    /// Nothing: the result is what the kernel stores.
    init(untouched result: String) { output = result }

    private mutating func take(_ number: Int, _ node: Node) {
        nodes.append(number)
        output = node.outputs[0]
    }

    private mutating func takeBias(_ index: GraphIndex, _ columns: Int) {
        guard let (number, node) = index.reader(output, "Add"), node.inputs.count == 2,
            let other = node.inputs.first(where: { $0 != output }), let tensor = index.constant(other),
            tensor.elementType == .float32, tensor.elementCount == columns, tensor.shape.dimensions.last == columns,
            // A bias of higher rank would stretch the result.
            tensor.shape.rank <= 2
        else { return }
        bias = other
        take(number, node)
    }

    private mutating func takeQuantization(_ index: GraphIndex) {
        guard let (number, node) = index.reader(output, "QuantizeLinear"), node.inputs[0] == output,
            node.number("block_size") ?? 0 == 0, node.number("output_dtype") ?? 0 == 0,
            node.number("precision") ?? 0 == 0, let scale = index.constant(node.inputs[1]),
            scale.elementCount == 1, scale.elementType == .float32
        else { return }
        if node.inputs.count > 2, !node.inputs[2].isEmpty {
            guard let zero = index.constant(node.inputs[2]), zero.elementCount == 1,
                QuantizedTail.bytes.contains(zero.elementType)
            else { return }
            zeroPoint = node.inputs[2]
        }
        self.scale = node.inputs[1]
        take(number, node)
    }

    /// The inputs of a quantised node after its factors, trailing omitted ones left out.
    var inputs: [String] {
        var inputs = [bias ?? "", scale ?? "", zeroPoint ?? ""]
        while inputs.last == "" { inputs.removeLast() }
        return inputs
    }
}
