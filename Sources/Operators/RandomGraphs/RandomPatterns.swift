import Foundation
import Graphs
import Tensors

/// Steps that plant what passes look for, and what only looks like it.
enum RandomPatterns {
    /// A constant of a pattern, sometimes wrong.
    private static func near(_ value: Double, _ builder: inout RandomGraphBuilder) -> String {
        builder.scalar(Float(builder.chance(9, of: 10) ? value : value * 1.1))
    }

    /// A product in one of its orders.
    private static func multiply(_ a: String?, _ b: String?, _ builder: inout RandomGraphBuilder) -> String? {
        guard let a, let b else { return nil }
        return builder.call("Mul", builder.chance(1, of: 2) ? [a, b] : [b, a])
    }

    private static func plus(_ a: String?, _ b: String?, _ builder: inout RandomGraphBuilder) -> String? {
        guard let a, let b else { return nil }
        return builder.call("Add", builder.chance(1, of: 2) ? [a, b] : [b, a])
    }

    static func activation(_ builder: inout RandomGraphBuilder) {
        guard let (entry, tensor) = builder.pickFloat(), let range = RandomTensors.range(tensor), range.high < 8,
            range.low > -8
        else { return }
        let x = entry.name
        switch builder.random.integer(in: 0...6) {
        case 0: geluErf(x, &builder)
        case 1: geluTanh(x, &builder)
        case 2:
            let sum = plus(builder.call("Exp", [x]), near(1, &builder), &builder)
            guard let sum, let soft = builder.call("Log", [sum]) else { return }
            if builder.chance(1, of: 2) { _ = multiply(x, builder.call("Tanh", [soft]), &builder) }
        case 3:
            let bounds = [builder.scalar(0), near(6, &builder)]
            guard let sum = plus(x, near(3, &builder), &builder),
                let clipped = builder.call("Clip", [sum] + bounds)
            else { return }
            if builder.chance(1, of: 2) {
                guard let product = multiply(x, clipped, &builder) else { return }
                _ = builder.call("Div", [product, near(6, &builder)])
            } else if let sixth = builder.call("Div", [clipped, near(6, &builder)]) {
                _ = multiply(x, sixth, &builder)
            }
        case 4:
            let gate = builder.call(
                "HardSigmoid", [x], [Attribute("alpha", .float(1 / 6)), Attribute("beta", .float(0.5))])
            _ = multiply(x, gate, &builder)
        case 5:
            let scaled = builder.chance(1, of: 2) ? multiply(x, near(1.702, &builder), &builder) : x
            _ = multiply(x, scaled.flatMap { builder.call("Sigmoid", [$0]) }, &builder)
        default:
            guard builder.chance(1, of: 2), let soft = builder.call("Softplus", [x]) else { return }
            _ = multiply(x, builder.call("Tanh", [soft]), &builder)
        }
    }

    private static func geluErf(_ x: String, _ builder: inout RandomGraphBuilder) {
        let inner =
            builder.chance(1, of: 2)
            ? builder.call("Div", [x, near(2.0.squareRoot(), &builder)])
            : multiply(x, near(0.5.squareRoot(), &builder), &builder)
        let gate = plus(inner.flatMap { builder.call("Erf", [$0]) }, near(1, &builder), &builder)
        if builder.chance(1, of: 2) {
            _ = multiply(multiply(x, gate, &builder), near(0.5, &builder), &builder)
        } else {
            _ = multiply(multiply(x, near(0.5, &builder), &builder), gate, &builder)
        }
    }

    private static func geluTanh(_ x: String, _ builder: inout RandomGraphBuilder) {
        let sum: String?
        if builder.chance(1, of: 2) {
            let cube =
                builder.chance(1, of: 2)
                ? builder.call("Pow", [x, builder.scalar(3)]) : multiply(multiply(x, x, &builder), x, &builder)
            sum = plus(x, multiply(cube, near(0.044715, &builder), &builder), &builder)
        } else {
            let square = builder.call("Pow", [x, builder.scalar(2)])
            let inner = plus(multiply(square, near(0.044715, &builder), &builder), near(1, &builder), &builder)
            sum = multiply(x, inner, &builder)
        }
        let scaled = multiply(sum, near((2 / Double.pi).squareRoot(), &builder), &builder)
        let gate = plus(scaled.flatMap { builder.call("Tanh", [$0]) }, near(1, &builder), &builder)
        _ = multiply(multiply(x, near(0.5, &builder), &builder), gate, &builder)
    }

    static func normalization(_ builder: inout RandomGraphBuilder) {
        guard let (entry, tensor) = builder.pickFloat(minimumRank: 1), tensor.shape[tensor.shape.rank - 1] > 1 else {
            return
        }
        let count = tensor.shape.rank > 1 && builder.chance(1, of: 4) ? 2 : 1
        let axes =
            builder.chance(1, of: 2) ? (1...count).map { -$0 } : Array(tensor.shape.rank - count..<tensor.shape.rank)
        if builder.opset >= 17, builder.chance(1, of: 6) {
            guard let scale = builder.addWeights([tensor.shape[tensor.shape.rank - 1]]) else { return }
            _ = builder.call("LayerNormalization", [entry.name, scale])
            return
        }
        if builder.chance(1, of: 6) {
            _ = builder.call("Softmax", [entry.name], [Attribute("axis", .int(-1))])
            return
        }
        var value = entry.name
        if builder.chance(2, of: 3) {
            guard let mean = builder.reduce("ReduceMean", value, axes: axes),
                let centred = builder.call("Sub", [value, mean])
            else { return }
            value = centred
        }
        let square =
            builder.chance(1, of: 2)
            ? builder.call("Mul", [value, value]) : builder.call("Pow", [value, builder.scalar(2)])
        guard let square, let mean = builder.reduce("ReduceMean", square, axes: axes),
            let sum = plus(mean, builder.scalar(0.01), &builder), let root = builder.call("Sqrt", [sum])
        else { return }
        let normal =
            builder.chance(1, of: 2)
            ? builder.call("Div", [value, root]) : multiply(value, builder.call("Reciprocal", [root]), &builder)
        guard let normal, builder.chance(3, of: 4) else { return }
        let shape = Shape(Array(tensor.shape.suffix(count)))
        guard let scaled = multiply(normal, builder.addWeights(shape), &builder), builder.chance(2, of: 3) else {
            return
        }
        _ = plus(scaled, builder.addWeights(shape), &builder)
    }

    static func attention(_ builder: inout RandomGraphBuilder) {
        let (batch, heads) = (builder.random.integer(in: 1...2), builder.random.integer(in: 1...2))
        let (queries, keys, width) = (3, builder.random.integer(in: 2...4), 4)
        let isMoved = builder.chance(1, of: 2)
        guard let q = builder.addInput(.float32, [batch, heads, queries, width]),
            let k = builder.addInput(.float32, isMoved ? [batch, keys, heads, width] : [batch, heads, keys, width]),
            let v = builder.addInput(.float32, [batch, heads, keys, width]),
            let turned = builder.call(
                "Transpose", [k], [Attribute("perm", .ints(isMoved ? [0, 2, 3, 1] : [0, 1, 3, 2]))]),
            let product = builder.call("MatMul", [q, turned]),
            var scores = builder.call("Mul", [product, builder.scalar(0.35)])
        else { return }
        if builder.chance(1, of: 2), let mask = builder.addConstant([queries, keys]) {
            scores = plus(scores, mask, &builder) ?? scores
        }
        let axis = Attribute("axis", .int(builder.chance(7, of: 8) ? -1 : 2))
        guard let weights = builder.call("Softmax", [scores], [axis]) else { return }
        _ = builder.call("MatMul", [weights, v])
    }

    /// Targets of Reshape computed from shapes, as exporters write them.
    static func shapes(_ builder: inout RandomGraphBuilder) {
        guard let (entry, tensor) = builder.pickFloat(minimumRank: 2) else { return }
        guard let shape = builder.call("Shape", [entry.name]) else { return }
        let rank = tensor.shape.rank
        let kept = builder.random.integer(in: 0...(rank - 1))
        let index = builder.addConstant(
            builder.chance(1, of: 2) ? Tensor([Int64(kept)]) : Tensor(scalar: Int64(kept - rank)))
        guard var extent = builder.call("Gather", [shape, index], [Attribute("axis", .int(0))]) else { return }
        if builder.entry(extent)?.tensor?.shape.rank == 0 {
            guard let vector = builder.axesCall("Unsqueeze", extent, [0]) else { return }
            extent = vector
        }
        if builder.chance(1, of: 3) {
            let two = builder.addIntegers([2])
            guard let doubled = builder.call("Mul", [extent, two]), let back = builder.call("Div", [doubled, two])
            else {
                return
            }
            extent = back
        }
        let rest = builder.addIntegers([-1])
        let pieces = kept == 0 || builder.chance(1, of: 2) ? [extent, rest] : [rest, extent]
        guard let target = builder.call("Concat", pieces, [Attribute("axis", .int(0))]) else { return }
        _ = builder.call("Reshape", [entry.name, target])
        if builder.chance(1, of: 3) {
            let picked = builder.addIntegers(Array(0..<builder.random.integer(in: 1...rank)))
            _ = builder.call("Gather", [shape, picked], [Attribute("axis", .int(0))])
        }
    }

    /// Nodes that do nothing, stand twice, or are read by nobody; constants among constants; quantisation.
    static func redundancy(_ builder: inout RandomGraphBuilder) {
        switch builder.random.integer(in: 0...5) {
        case 0:
            guard let (entry, _) = builder.pickFloat() else { return }
            _ = builder.call("Identity", [entry.name])
        case 1:
            guard let (entry, _) = builder.pickFloat() else { return }
            _ = builder.add("Dropout", [entry.name], [], outputs: builder.random.integer(in: 1...2), isRounded: false)
        case 2:
            guard !builder.nodes.isEmpty else { return }
            let node = builder.random.element(of: builder.nodes)
            let isRandom =
                OperatorCatalogue.standard.find(domain: node.domain, name: node.operatorType)?.agreement == .random
            guard !isRandom else { return }
            _ = builder.add(
                node.operatorType, node.inputs, node.attributes, outputs: node.outputs.count, domain: node.domain)
        case 3:
            guard let a = builder.addConstant([2, 3]), let b = builder.addConstant([3]),
                let sum = builder.call("Add", [a, b])
            else { return }
            _ = builder.call("Relu", [sum])
        case 4:
            guard let (entry, _) = builder.pick(where: { $0.isExact && $1.elementType == .float32 }) else { return }
            let scale = builder.scalar(0.125)
            let zero = builder.addConstant(Tensor(scalar: UInt8(128)))
            guard let quantised = builder.call("QuantizeLinear", [entry.name, scale, zero]),
                let floats = builder.call("DequantizeLinear", [quantised, scale, zero])
            else { return }
            if builder.chance(1, of: 2) {
                guard let again = builder.call("QuantizeLinear", [floats, scale, zero]) else { return }
                _ = builder.call("DequantizeLinear", [again, scale, zero])
            }
        default:
            guard let (entry, _) = builder.pickFloat() else { return }
            for type in [ElementType.float64, .float32] {
                let source = builder.nodes.last?.outputs.first ?? entry.name
                let target = [Attribute("to", .int(Int(type.rawValue)))]
                if builder.add("Cast", [source], target, isRounded: false) == nil { return }
            }
        }
    }
}
