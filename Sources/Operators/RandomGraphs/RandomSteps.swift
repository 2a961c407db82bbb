import Graphs
import Tensors

/// One step of growth: a node, a pattern, or an example of the catalogue.
enum RandomSteps {
    /// Adds something; a choice that does not fit what there is adds nothing.
    static func step(_ builder: inout RandomGraphBuilder) {
        switch builder.random.integer(in: 0...19) {
        case 0, 1: unary(&builder)
        case 2: jump(&builder)
        case 3, 4, 5: binary(&builder)
        case 6: logic(&builder)
        case 7, 8: RandomMovements.movement(&builder)
        case 9: RandomMovements.reduction(&builder)
        case 10, 11: RandomLayers.layer(&builder)
        case 12, 13: RandomPatterns.activation(&builder)
        case 14: RandomPatterns.normalization(&builder)
        case 15: RandomPatterns.shapes(&builder)
        case 16: RandomPatterns.redundancy(&builder)
        case 17: RandomBodies.body(&builder)
        case 18: RandomExamples.example(&builder)
        default: RandomPatterns.attention(&builder)
        }
    }

    private static let smooth = [
        "Abs", "Neg", "Relu", "LeakyRelu", "Sigmoid", "Tanh", "Erf", "Softplus", "Softsign", "Elu", "Selu", "Celu",
        "HardSigmoid", "HardSwish", "Mish", "Gelu", "Swish", "Sin", "Cos", "Atan", "Identity", "Clip",
    ]

    static func unary(_ builder: inout RandomGraphBuilder) {
        guard let (entry, tensor) = builder.pickFloat() else { return }
        let range = RandomTensors.range(tensor) ?? (0, 0)
        var choices = smooth
        if range.high < 6 { choices.append("Exp") }
        if range.low > 0.1 { choices += ["Sqrt", "Log", "Reciprocal"] }
        let type = builder.random.element(of: choices)
        guard let target = OperatorCatalogue.standard.find(domain: "", name: type),
            (target.signature.versions.first ?? 1) <= builder.opset
        else { return }
        if type == "Clip" {
            let bounds = [builder.scalar(-1.03), builder.scalar(Float(builder.random.integer(in: 0...3)) + 0.53)]
            _ = builder.call(type, [entry.name] + (builder.chance(1, of: 4) ? [bounds[0]] : bounds))
        } else {
            _ = builder.call(type, [entry.name])
        }
    }

    /// Functions with jumps, of values that no rounding has touched.
    static func jump(_ builder: inout RandomGraphBuilder) {
        guard
            let (entry, tensor) = builder.pick(where: {
                $0.isExact && ($1.elementType.isFloatingPoint || $1.elementType.isInteger)
            })
        else { return }
        let name = entry.name
        if tensor.elementType.isFloatingPoint, builder.chance(1, of: 2) {
            _ = builder.call(builder.random.element(of: ["Floor", "Ceil", "Round", "Sign"]), [name])
            return
        }
        let types: [ElementType] = [.int64, .int32, .bool, .float64, .float32, .float16]
        let type = builder.random.element(of: types)
        guard let cast = builder.call("Cast", [name], [Attribute("to", .int(Int(type.rawValue)))]) else { return }
        if builder.chance(1, of: 2) {
            let back = builder.random.element(of: [tensor.elementType, .float32])
            _ = builder.call("Cast", [cast], [Attribute("to", .int(Int(back.rawValue)))])
        }
    }

    static func binary(_ builder: inout RandomGraphBuilder) {
        guard
            let (left, tensor) = builder.pick(where: {
                ($1.elementType.isFloatingPoint || $1.elementType.isInteger) && $1.elementType.bitWidth >= 32
            })
        else { return }
        let type = tensor.elementType
        if builder.chance(1, of: 3) { return chain(left, tensor, &builder) }
        guard let right = operand(for: left, tensor, &builder) else { return }
        var choices = ["Add", "Sub", "Mul", "Max", "Min", "Add", "Mul"]
        if builder.opset < 12, type.isInteger { choices = ["Add", "Sub", "Mul"] }
        if let other = builder.entry(right)?.tensor, let range = RandomTensors.range(other),
            range.low > 0.2 || range.high < -0.2
        {
            choices.append("Div")
        }
        let operation = builder.random.element(of: choices)
        let inputs = builder.chance(3, of: 4) || operation == "Div" ? [left.name, right] : [right, left.name]
        _ = builder.call(operation, inputs)
    }

    /// Another operand: a value of a shape that fits, or a constant that does.
    private static func operand(
        for entry: RandomGraphBuilder.Entry, _ tensor: Tensor, _ builder: inout RandomGraphBuilder
    ) -> String? {
        if builder.chance(1, of: 2),
            let other = builder.pick(where: {
                $1.elementType == tensor.elementType && (try? Broadcasting.shape([$1.shape, tensor.shape], "")) != nil
            })
        {
            return other.entry.name
        }
        return builder.addConstant(builder.stretching(tensor.shape), tensor.elementType)
    }

    /// Two or three operations with constants after one another, neutral ones among them.
    private static func chain(
        _ entry: RandomGraphBuilder.Entry, _ tensor: Tensor, _ builder: inout RandomGraphBuilder
    ) {
        var name = entry.name
        let type = tensor.elementType
        let operation = builder.random.element(of: ["Add", "Mul", "Mul", "Sub", "Div", "Pow"])
        for _ in 0..<builder.random.integer(in: 1...3) {
            let numbers: [Double] =
                switch operation {
                case "Pow": [1, 2, 2, 3]
                case "Div": [1, 2, 0.25, 3, 8]
                case "Mul": [1, -1, 2, 0.5, 3, 1.7]
                default: [0, -0.0, 1, 0.3, 2.5]
                }
            var values = [builder.random.element(of: numbers)]
            var shape: Shape = []
            if builder.chance(1, of: 2), tensor.shape.rank > 0 {
                shape = [tensor.shape[tensor.shape.rank - 1]]
                values = [Double](repeating: values[0], count: shape[0])
            }
            guard let constant = try? Tensor(values, shape: shape).converted(to: type) else { return }
            if type.isInteger, operation == "Div" || operation == "Pow" { return }
            let other = builder.addConstant(constant)
            guard let next = builder.call(operation, [name, other]) else { return }
            name = next
        }
    }

    static func logic(_ builder: inout RandomGraphBuilder) {
        if let (mask, tensor) = builder.pick(where: { $1.elementType == .bool }), builder.chance(2, of: 3) {
            switch builder.random.integer(in: 0...3) {
            case 0: _ = builder.call("Not", [mask.name])
            case 1:
                let other = builder.addConstant(Tensor(scalar: builder.chance(1, of: 2)))
                _ = builder.call(builder.random.element(of: ["And", "Or", "Xor"]), [mask.name, other])
            case 2: _ = builder.call(builder.random.element(of: ["And", "Or"]), [mask.name, mask.name])
            default:
                guard let a = builder.addConstant(tensor.shape), let b = builder.addConstant(tensor.shape) else {
                    return
                }
                _ = builder.call("Where", [mask.name, a, b])
            }
            return
        }
        guard
            let (entry, tensor) = builder.pick(where: {
                $0.isExact && ($1.elementType == .float32 || $1.elementType == .int64)
            })
        else { return }
        let zero = tensor.elementType == .int64 ? Tensor(scalar: Int64(1)) : Tensor(scalar: Float(0.5))
        _ = builder.call(builder.random.element(of: ["Less", "Greater"]), [entry.name, builder.addConstant(zero)])
    }
}

extension RandomGraphBuilder {
    /// A constant of one float.
    mutating func scalar(_ value: Float) -> String { addConstant(Tensor(scalar: value)) }

    /// A shape that stretches to another.
    mutating func stretching(_ shape: Shape) -> Shape {
        let kept = random.integer(in: 0...shape.rank)
        return Shape(shape.dimensions.suffix(kept).map { random.integer(in: 0...2) == 0 ? 1 : $0 })
    }
}
