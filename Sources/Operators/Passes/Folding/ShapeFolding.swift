import Graphs
import Tensors

/// Replaces arithmetic on shapes by what it must give.
struct ShapeFolding: RegionPass {
    let name = "shape-folding"
    let summary =
        "fold arithmetic on shapes where extents are known; targets of Reshape with one open extent as constants; Gather and "
        + "Slice of Shape as part of Shape"

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard let node = region.call(index) else { continue }
            if fold(index, node, &region) || rewrite(index, node, &region) { region.noteRewrite() }
        }
    }

    private func rewrite(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        switch node.operatorType {
        case "Reshape": simplifyTarget(index, node, &region)
        case "Shape": skipFunction(index, node, &region)
        case "Gather": gatherOfShape(index, node, &region)
        default: false
        }
    }

    /// Small integers that follow from shapes alone, whatever is fed.
    private func fold(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard node.operatorType != "Constant", let result = node.onlyOutput, let tensor = region.constant(result),
            tensor.elementType.isInteger || tensor.elementType == .bool, tensor.elementCount <= 1024
        else { return false }
        region.fold(index, [(result, tensor)])
        return true
    }

    /// A target that copies open extents of the data, or leaves one open, need not be computed.
    private func simplifyTarget(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let data = node.input(0), let name = node.input(1), region.constant(name) == nil,
            node.int("allowzero", default: 0) == 0, let elements = region.facts[name]?.elements
        else { return false }
        let extents = region.shape(data)?.dimensions ?? []
        var target: [Int64] = []
        var isOpen = false
        for (place, element) in elements.enumerated() {
            switch element {
            case .fixed(let value):
                guard value != 0 else { return false }
                if value == -1 {
                    guard !isOpen else { return false }
                    isOpen = true
                }
                target.append(Int64(value))
            case .symbol where place < extents.count && extents[place] == element: target.append(0)
            default:
                guard !isOpen else { return false }
                isOpen = true
                target.append(-1)
            }
        }
        let constant = region.addConstant(Tensor(target), base: name + "_known")
        region.replace(index, by: node.with(inputs: [data, constant]))
        return true
    }

    /// The shape of what an element-wise function gives is the shape of what it is given.
    private func skipFunction(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let source = node.input(0), let producer = region.producer(of: source),
            let function = region.call(producer, among: OperatorSets.unary), let value = function.input(0)
        else { return false }
        region.replace(index, by: node.with(inputs: [value]))
        return true
    }

    /// Neighbouring extents picked from a shape: `Shape` gives a range of them itself since version 15.
    private func gatherOfShape(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard region.opset >= 15, let result = node.onlyOutput, node.int("axis", default: 0) == 0,
            let shape = region.producer(of: node.inputs.first ?? "", "Shape"), shape.node.attributes.isEmpty,
            let name = node.input(1), region.constant(name)?.shape.rank == 1, let picked = region.integers(name),
            let first = picked.first, let source = shape.node.input(0),
            let rank = region.shape(source)?.dimensions.count
        else { return false }
        let begin = first < 0 ? first + rank : first
        guard begin >= 0, begin + picked.count <= rank,
            picked.enumerated().allSatisfy({ ($0.element < 0 ? $0.element + rank : $0.element) == begin + $0.offset })
        else { return false }
        let attributes = [Attribute("start", .int(begin)), Attribute("end", .int(begin + picked.count))]
        region.replace(
            index, by: Node("Shape", inputs: [source], outputs: [result], attributes: attributes, name: node.name))
        return true
    }
}
