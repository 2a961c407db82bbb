import Graphs
import Tensors

/// Steps that add layers of networks, with what passes fold into them.
enum RandomLayers {
    static func layer(_ builder: inout RandomGraphBuilder) {
        switch builder.random.integer(in: 0...5) {
        case 0, 1: convolution(&builder)
        case 2: transposedConvolution(&builder)
        case 3: pooling(&builder)
        default: product(&builder)
        }
    }

    /// A value of three or four axes.
    private static func image(_ builder: inout RandomGraphBuilder) -> (name: String, shape: Shape)? {
        let found = builder.pick {
            $1.elementType == .float32 && (3...4).contains($1.shape.rank) && $1.elementCount > 0
        }
        if let found, builder.chance(2, of: 3) { return (found.entry.name, found.tensor.shape) }
        let spatial = (0..<builder.random.integer(in: 1...2)).map { _ in builder.random.integer(in: 3...6) }
        let shape = Shape([builder.random.integer(in: 1...2), builder.random.integer(in: 1...4)] + spatial)
        return builder.addInput(.float32, shape).map { ($0, shape) }
    }

    private static func convolution(_ builder: inout RandomGraphBuilder) {
        guard var (name, shape) = image(&builder) else { return }
        let spatial = shape.rank - 2
        if builder.chance(1, of: 3) {
            var amounts = [Int](repeating: 0, count: 2 * shape.rank)
            for axis in 2..<shape.rank {
                amounts[axis] = builder.random.integer(in: 0...2)
                amounts[axis + shape.rank] = builder.random.integer(in: 0...1)
            }
            guard let padded = builder.call("Pad", [name, builder.addIntegers(amounts)]),
                let tensor = builder.entry(padded)?.tensor
            else { return }
            (name, shape) = (padded, tensor.shape)
        }
        let groups = shape[1] > 1 && builder.chance(1, of: 4) ? shape[1] : 1
        let channels = groups * builder.random.integer(in: 1...3)
        let kernel = (0..<spatial).map { min(builder.random.integer(in: 1...3), shape[2 + $0]) }
        guard let weights = builder.addWeights(Shape([channels, shape[1] / groups] + kernel)) else { return }
        var inputs = [name, weights]
        if builder.chance(1, of: 2), let bias = builder.addWeights([channels]) { inputs.append(bias) }
        var attributes = [Attribute("kernel_shape", .ints(kernel)), Attribute("group", .int(groups))]
        switch builder.random.integer(in: 0...3) {
        case 0: attributes.append(Attribute("auto_pad", .string("SAME_UPPER")))
        case 1: attributes.append(Attribute("pads", .ints([Int](repeating: 1, count: 2 * spatial))))
        default: break
        }
        if builder.chance(1, of: 4) {
            attributes.append(Attribute("strides", .ints([Int](repeating: 2, count: spatial))))
        }
        guard let result = builder.call("Conv", inputs, attributes) else { return }
        follow(result, channels: channels, rank: shape.rank, &builder)
    }

    private static func transposedConvolution(_ builder: inout RandomGraphBuilder) {
        guard let (name, shape) = image(&builder) else { return }
        let groups = shape[1] % 2 == 0 && builder.chance(1, of: 2) ? 2 : 1
        let perGroup = builder.random.integer(in: 1...2)
        let kernel = [Int](repeating: 2, count: shape.rank - 2)
        guard let weights = builder.addWeights(Shape([shape[1], perGroup] + kernel)),
            let result = builder.call("ConvTranspose", [name, weights], [Attribute("group", .int(groups))])
        else { return }
        follow(result, channels: perGroup * groups, rank: shape.rank, &builder)
    }

    /// What often follows a layer: a normalisation, a sum or a product by channel, an activation.
    private static func follow(_ name: String, channels: Int, rank: Int, _ builder: inout RandomGraphBuilder) {
        var value = name
        for _ in 0..<builder.random.integer(in: 0...3) {
            var next: String?
            let shape = Shape([channels] + [Int](repeating: 1, count: max(0, rank - 2)))
            switch builder.random.integer(in: 0...3) {
            case 0:
                let variance = Tensor((0..<channels).map { Float($0 % 3) * 0.4 + 0.3 })
                let parameters = (0..<3).compactMap { _ in builder.addWeights([channels]) }
                next = builder.call("BatchNormalization", [value] + parameters + [builder.addConstant(variance)])
            case 1:
                next = builder.addWeights(builder.chance(3, of: 4) ? shape : []).flatMap { constant in
                    builder.call(builder.random.element(of: ["Add", "Sub"]), [value, constant])
                }
            case 2:
                next = builder.addConstant(builder.chance(3, of: 4) ? shape : []).flatMap { constant in
                    builder.call(builder.random.element(of: ["Mul", "Div"]), [value, constant])
                }
            default: next = builder.call(builder.random.element(of: ["Relu", "Sigmoid", "Identity"]), [value])
            }
            value = next ?? value
        }
    }

    private static func pooling(_ builder: inout RandomGraphBuilder) {
        guard let (name, shape) = image(&builder) else { return }
        let kernel = shape.dimensions.dropFirst(2).map { min(2, $0) }
        let type = builder.random.element(of: ["MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool"])
        guard !type.hasPrefix("Global") else {
            _ = builder.call(type, [name])
            return
        }
        var value = name
        if builder.chance(1, of: 2) {
            let ends = [0, 0] + kernel.map { $0 - 1 }
            var inputs = [name, builder.addIntegers(ends + ends)]
            if type == "MaxPool" { inputs.append(builder.addConstant(Tensor(scalar: -Float.infinity))) }
            // Infinities are held by nothing that is an entry of its own: the pooling reads them at once.
            guard let padded = builder.addUnchecked("Pad", inputs) else { return }
            value = padded
        }
        var attributes = [Attribute("kernel_shape", .ints(kernel))]
        if builder.chance(1, of: 3) { attributes.append(Attribute("strides", .ints(kernel))) }
        if type == "AveragePool", builder.chance(1, of: 3) {
            attributes.append(Attribute("count_include_pad", .int(1)))
        }
        _ = builder.call(type, [value], attributes)
    }

    private static func product(_ builder: inout RandomGraphBuilder) {
        guard let (entry, tensor) = builder.pickFloat(minimumRank: 2) else { return }
        let inner = tensor.shape[tensor.shape.rank - 1]
        let width = builder.random.integer(in: 1...6)
        var name = entry.name
        if tensor.shape.rank == 2, builder.chance(1, of: 3) {
            let isTurned = builder.chance(1, of: 2)
            guard let weights = builder.addWeights(isTurned ? [width, inner] : [inner, width]) else { return }
            var inputs = [name, weights]
            if builder.chance(1, of: 2), let bias = builder.addWeights([width]) { inputs.append(bias) }
            let attributes = [
                Attribute("transB", .int(isTurned ? 1 : 0)),
                Attribute("alpha", .float(builder.chance(1, of: 2) ? 1 : 0.5)),
                Attribute("beta", .float(builder.chance(1, of: 2) ? 1 : 2)),
            ]
            guard let result = builder.call("Gemm", inputs, attributes) else { return }
            follow(result, channels: width, rank: 2, &builder)
            return
        }
        if tensor.shape.rank == 2, builder.chance(1, of: 3),
            let turned = builder.call("Transpose", [name], [Attribute("perm", .ints([1, 0]))]),
            let weights = builder.addWeights([tensor.shape[0], width])
        {
            name = turned
            guard let result = builder.call("MatMul", [name, weights]) else { return }
            follow(result, channels: width, rank: 2, &builder)
            return
        }
        guard let weights = builder.addWeights([inner, width]), let result = builder.call("MatMul", [name, weights])
        else {
            return
        }
        follow(result, channels: width, rank: 2, &builder)
    }
}
