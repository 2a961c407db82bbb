import Graphs
import Tensors

/// Replaces the constant weights of the architecture files in the `onnx` package by random ones from fixed seeds.
///
/// Those files fill each weight with one number (a `ConstantOfShape` node), which engines fold away and which drives
/// activations to infinities or denormals, so that times mean nothing. Here each weight becomes an initializer:
/// - kernels of convolutions and matrices: uniform in ±√(6 / fan-in) (He et al., "Delving Deep into Rectifiers", 2015),
///   fan-in being the product of all extents but the first;
/// - scales and variances: uniform in 0.5 to 1.5; biases and means: uniform in ±0.1;
/// - scales of the normalisation that ends a residual branch: a fifth of that. With random statistics a normalisation does
///   not normalise, and activations would grow by a constant factor with each sum (for the remedy see Zhang et al.,
///   "Fixup Initialization", 2019).
///
/// Where a file brings statistics and scales of a normalisation with it, these are replaced too: they belong to kernels that
/// it does not bring.
///
/// The numbers of a weight come from SplitMix64 seeded with the FNV-1a hash of its name, so they depend neither on the
/// order of weights nor on the machine. Initializers leave the list of inputs, and the IR version is the lowest that fits.
enum RandomWeights {
    /// What a weight is to the nodes that read it.
    private enum Role {
        case kernel, scale, branchScale, variance, offset
    }

    /// The model with random weights.
    ///
    /// - Throws: `AssetError` of code `malformed` when a weight's shape is no constant of the file.
    static func fill(_ model: Model, subject: String) throws(AssetError) -> Model {
        var model = model
        let shapes = Dictionary(model.graph.initializers.map { ($0.name, $0.tensor) }) { first, _ in first }
        var consumed: Set<String> = []
        var weights: [Initializer] = []
        for node in model.graph.nodes where node.operatorType == "ConstantOfShape" {
            guard let source = node.inputs.first, let name = node.outputs.first,
                let extents = try? shapes[source]?.values(of: Int64.self),
                let shape = validShape(extents)
            else {
                throw AssetError(
                    .malformed, subject: "\(subject), node '\(node.outputs.first ?? "")'",
                    reason: "the shape of a weight is not a constant")
            }
            consumed.insert(source)
            let tensor = random(name: name, shape: shape, role: role(of: name, in: model.graph))
            weights.append(Initializer(name: name, tensor: tensor))
        }
        model.graph.nodes.removeAll { $0.operatorType == "ConstantOfShape" }
        model.graph.initializers.removeAll { consumed.contains($0.name) }
        for index in model.graph.initializers.indices {
            let given = model.graph.initializers[index]
            guard given.tensor.elementType == .float32, let role = normalizationRole(of: given.name, in: model.graph)
            else { continue }
            model.graph.initializers[index].tensor = random(
                name: given.name, shape: given.tensor.shape, role: role)
        }
        model.graph.initializers += weights
        let constants = Set(model.graph.initializers.map(\.name)).union(consumed)
        model.graph.inputs.removeAll { constants.contains($0.name) }
        model.irVersion = model.lowestSufficientIRVersion
        model.producerName = "assay"
        model.documentation = "Random weights from fixed seeds: for speed only."
        return model
    }

    private static func validShape(_ extents: [Int64]) -> Shape? {
        let shape = Shape(extents.map { Int(truncatingIfNeeded: $0) })
        guard let count = shape.checkedElementCount, count <= 1 << 28 else { return nil }
        return shape
    }

    /// The role of a value, by the first node that reads it; reshaping nodes in between are followed.
    private static func role(of value: String, in graph: Graph) -> Role {
        guard let node = graph.nodes.first(where: { $0.inputs.contains(value) }),
            let position = node.inputs.firstIndex(of: value)
        else { return .offset }
        switch (node.operatorType, position) {
        case ("Conv", 1), ("Gemm", 1), ("MatMul", 1): return .kernel
        case ("BatchNormalization", 1): return endsBranch(node, in: graph) ? .branchScale : .scale
        case ("Mul", _): return .scale
        case ("BatchNormalization", 4): return .variance
        case ("Unsqueeze", 0), ("Reshape", 0): return node.outputs.first.map { role(of: $0, in: graph) } ?? .offset
        default: return .offset
        }
    }

    /// True for a normalisation whose result goes into a sum with a value that bypassed it.
    private static func endsBranch(_ node: Node, in graph: Graph) -> Bool {
        guard let result = node.outputs.first,
            let sum = graph.nodes.first(where: { $0.inputs.contains(result) }),
            sum.operatorType == "Sum" || sum.operatorType == "Add"
        else { return false }
        // The normalisation of a shortcut of its own goes into the same sum, as its other operand.
        return sum.inputs.first == result
    }

    /// The role of a constant that a normalisation reads, by itself or as the scale and offset after it; `nil` for others.
    private static func normalizationRole(of value: String, in graph: Graph) -> Role? {
        guard let node = graph.nodes.first(where: { $0.inputs.contains(value) }) else { return nil }
        switch node.operatorType {
        case "BatchNormalization": return role(of: value, in: graph)
        case "Unsqueeze":
            let reader = node.outputs.first.flatMap { name in graph.nodes.first { $0.inputs.contains(name) } }
            return reader?.operatorType == "Mul" ? .scale : reader?.operatorType == "Add" ? .offset : nil
        default: return nil
        }
    }

    private static func random(name: String, shape: Shape, role: Role) -> Tensor {
        let low: Double
        let high: Double
        switch role {
        case .kernel:
            let fanIn = max(1, shape.dropFirst().reduce(1, *))
            high = (6 / Double(fanIn)).squareRoot()
            low = -high
        case .scale, .variance: (low, high) = (0.5, 1.5)
        case .branchScale: (low, high) = (0.1, 0.3)
        case .offset: (low, high) = (-0.1, 0.1)
        }
        var generator = SplitMix64(seed: seed(name))
        let width = high - low
        let values = (0..<shape.elementCount).map { _ in Float(low + width * generator.unit()) }
        return (try? Tensor(values, shape: shape)) ?? Tensor(scalar: Float.zero)
    }

    /// FNV-1a, 64 bits, of the name's UTF-8.
    private static func seed(_ name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
