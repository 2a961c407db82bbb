import Graphs
import Tensors

/// Transposes changing places with what reads them.
enum TransposeMoves {
    /// A Transpose that one node alone reads.
    private static func transpose(
        _ name: String, _ region: Region
    ) -> (index: Int, permutation: [Int], value: String)? {
        guard region.isReadOnce(name), let found = region.producer(of: name, "Transpose"),
            let permutation = region.permutation(found.node), let value = found.node.input(0)
        else { return nil }
        return (found.index, permutation, value)
    }

    /// Lets a node write a new name, of which a Transpose makes the old one.
    private static func finish(
        _ index: Int, _ node: Node, _ permutation: [Int], _ result: String, _ region: inout Region
    ) {
        let inner = region.fresh(result + "_untransposed")
        region.replace(index, by: node.with(output: inner))
        region.add(
            Node(
                "Transpose", inputs: [inner], outputs: [result], attributes: [Attribute("perm", .ints(permutation))],
                name: result + "_transpose"))
    }

    /// `f(Pᵀx) = Pᵀf(x)`.
    static func unary(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput, let first = node.input(0), let found = transpose(first, region) else {
            return false
        }
        let inputs = [found.value] + node.inputs.dropFirst()
        finish(index, node.with(inputs: inputs), found.permutation, result, &region)
        region.remove(found.index)
        return true
    }

    /// Both operands permuted alike, or one permuted and the other constant.
    static func binary(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput, node.inputs.count == 2 else { return false }
        if node.inputs[0] == node.inputs[1] { return sameOperand(index, node, result, &region) }
        if let a = transpose(node.inputs[0], region), let b = transpose(node.inputs[1], region) {
            guard a.permutation == b.permutation else { return false }
            finish(index, node.with(inputs: [a.value, b.value]), a.permutation, result, &region)
            region.remove(a.index)
            region.remove(b.index)
            return true
        }
        guard let found = region.variableAndConstant(node), let moved = transpose(found.variable, region),
            let tensor = region.constant(found.constant), tensor.elementCount <= 1 << 16,
            tensor.shape.rank <= moved.permutation.count
        else { return false }
        var constant = found.constant
        if tensor.shape.rank > 0 {
            guard let turned = rearranged(tensor, moved.permutation, region) else { return false }
            constant = region.addConstant(turned, base: constant + "_transposed")
        }
        let inputs = found.isConstantSecond ? [moved.value, constant] : [constant, moved.value]
        finish(index, node.with(inputs: inputs), moved.permutation, result, &region)
        region.remove(moved.index)
        return true
    }

    /// `f(Pᵀx, Pᵀx)`, as a square is written.
    private static func sameOperand(_ index: Int, _ node: Node, _ result: String, _ region: inout Region) -> Bool {
        let name = node.inputs[0]
        guard region.readers(of: name) == [index, index], !region.outputNames.contains(name),
            let found = region.producer(of: name, "Transpose"), let permutation = region.permutation(found.node),
            let value = found.node.input(0)
        else { return false }
        finish(index, node.with(inputs: [value, value]), permutation, result, &region)
        region.remove(found.index)
        return true
    }

    /// A constant such that permuting it stretches like the constant itself does.
    private static func rearranged(_ tensor: Tensor, _ permutation: [Int], _ region: Region) -> Tensor? {
        let padded = Shape(
            [Int](repeating: 1, count: permutation.count - tensor.shape.rank) + tensor.shape.dimensions)
        guard let wide = try? tensor.reshaped(to: padded) else { return nil }
        return region.evaluate("Transpose", [wide], [Attribute("perm", .ints(permutation.inverse))])
    }

    /// A reduction over axes that are known.
    static func reduction(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput, let found = transpose(node.inputs.first ?? "", region),
            let axes = region.axes(node, rank: found.permutation.count), !axes.isEmpty, Set(axes).count == axes.count,
            axes.allSatisfy(found.permutation.indices.contains)
        else { return false }
        let keeps = node.int("keepdims", default: 1) == 1
        var moved = node.with(inputs: [found.value])
        let originals = axes.map { found.permutation[$0] }
        if node.attribute("axes") != nil {
            moved = moved.setting("axes", .ints(originals))
        } else {
            moved.inputs.append(region.addConstant(Tensor(originals.map(Int64.init)), base: result + "_axes"))
        }
        region.remove(found.index)
        guard !keeps else {
            finish(index, moved, found.permutation, result, &region)
            return true
        }
        // The axes that stay, numbered anew in the order of the unpermuted value.
        let stay = found.permutation.indices.filter { !axes.contains($0) }.map { found.permutation[$0] }
        let order = stay.sorted()
        let permutation = stay.compactMap(order.firstIndex)
        if permutation == Array(permutation.indices) {
            region.replace(index, by: moved)
        } else {
            finish(index, moved, permutation, result, &region)
        }
        return true
    }

    /// A softmax along one axis.
    static func softmax(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard region.opset >= 13, let result = node.onlyOutput, let found = transpose(node.inputs.first ?? "", region)
        else { return false }
        let axis = node.int("axis", default: -1)
        let place = axis < 0 ? axis + found.permutation.count : axis
        guard found.permutation.indices.contains(place) else { return false }
        let moved = node.with(inputs: [found.value]).setting("axis", .int(found.permutation[place]))
        finish(index, moved, found.permutation, result, &region)
        region.remove(found.index)
        return true
    }

    /// Pieces that are all permuted alike.
    static func concat(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput, case .int(let axis)? = node.attribute("axis"), node.inputs.count > 1 else {
            return false
        }
        let found = node.inputs.compactMap { transpose($0, region) }
        guard found.count == node.inputs.count, let permutation = found.first?.permutation,
            found.allSatisfy({ $0.permutation == permutation })
        else { return false }
        let place = axis < 0 ? axis + permutation.count : axis
        guard permutation.indices.contains(place) else { return false }
        let moved = node.with(inputs: found.map(\.value)).setting("axis", .int(permutation[place]))
        finish(index, moved, permutation, result, &region)
        for transpose in found { region.remove(transpose.index) }
        return true
    }
}
