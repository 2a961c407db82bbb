import Graphs
import Tensors

/// Layer normalisation, written out.
struct LayerNormRecognition: RegionPass {
    let name = "layer-normalization"
    let summary = "recognise layer normalisation written with means (LayerNormalization, operator set 17)"
    let neededOpset: Int? = 17

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard let node = region.call(index, "Div", "Mul"), node.onlyOutput != nil,
                let pattern = NormalizationPattern(
                    node, region, isSame: { $0 == $1 || Self.center($0, region) == Self.center($1, region) }),
                let centre = Self.center(pattern.value, region), centre.axisCount == pattern.axisCount,
                region.elementType(centre.value) == .float32
            else { continue }
            if AffineNormalization.write(
                "LayerNormalization", index, pattern, of: centre.value, opset: 17, takesShift: true, &region)
            {
                region.noteRewrite()
            }
        }
    }

    private struct Center: Hashable {
        let value: String
        let axisCount: Int
    }

    /// What a value is minus its mean over the last axes.
    private static func center(_ name: String, _ region: Region) -> Center? {
        guard let found = region.producer(of: name, "Sub"), found.node.inputs.count == 2,
            let mean = region.producer(of: found.node.inputs[1], "ReduceMean"),
            mean.node.inputs.first == found.node.inputs[0],
            let count = NormalizationPattern.lastAxes(mean.node, region)
        else { return nil }
        return Center(value: found.node.inputs[0], axisCount: count)
    }
}

/// Root-mean-square normalisation, written out.
struct RMSNormRecognition: RegionPass {
    let name = "rms-normalization"
    let summary = "recognise root-mean-square normalisation written out (RMSNormalization, operator set 23)"
    let neededOpset: Int? = 23

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard let node = region.call(index, "Div", "Mul"), node.onlyOutput != nil,
                let pattern = NormalizationPattern(node, region), region.elementType(pattern.value) == .float32
            else { continue }
            if AffineNormalization.write(
                "RMSNormalization", index, pattern, of: pattern.value, opset: 23, takesShift: false, &region)
            {
                region.noteRewrite()
            }
        }
    }
}

/// A normalisation with the scale and shift that follow it, as one operator.
private enum AffineNormalization {
    static func write(
        _ type: String, _ index: Int, _ pattern: NormalizationPattern, of value: String, opset: Int, takesShift: Bool,
        _ region: inout Region
    ) -> Bool {
        guard var result = region.nodes[index].onlyOutput else { return false }
        var last = index
        var scale: Tensor?
        var shift: Tensor?
        if let next = follower(of: result, "Mul", region), let output = next.node.onlyOutput,
            let tensor = pattern.parameter(next.constant, of: value, region)
        {
            (scale, last, result) = (tensor, next.index, output)
        }
        if takesShift, scale != nil, let next = follower(of: result, "Add", region), let output = next.node.onlyOutput,
            let tensor = pattern.parameter(next.constant, of: value, region)
        {
            (shift, last, result) = (tensor, next.index, output)
        }
        guard let factor = scale ?? pattern.ones(for: value, region), region.allows(opset) else { return false }
        var inputs = [value, region.addConstant(factor, base: result + "_scale")]
        if let shift { inputs.append(region.addConstant(shift, base: result + "_shift")) }
        let attributes = [
            Attribute("axis", .int(-pattern.axisCount)), Attribute("epsilon", .float(Float(pattern.epsilon))),
        ]
        let name = region.nodes[last].name
        region.replace(
            last, by: Node(type, inputs: inputs, outputs: [result], attributes: attributes, name: name))
        return true
    }

    /// The only reader of a value, where it combines it with a constant.
    private static func follower(
        of value: String, _ type: String, _ region: Region
    ) -> (index: Int, node: Node, constant: Tensor)? {
        guard let found = region.onlyReader(of: value, type), let parts = region.variableAndConstant(found.node),
            parts.variable == value, let tensor = region.constant(parts.constant)
        else { return nil }
        return (found.index, found.node, tensor)
    }
}
