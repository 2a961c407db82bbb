import Graphs
import Tensors

/// Rows picked from a table that was bytes: only those are converted.
enum QuantizedGatherFusion {
    static func fuse(_ number: Int, _ node: Node, _ index: inout GraphIndex) {
        guard node.inputs.count == 2, node.number("axis") ?? 0 == 0,
            let table = QuantizedValue(node.inputs[0], &index), let constant = table.constant,
            constant.shape.rank == 2, table.axis == nil || table.axis == 0
        else { return }
        let inputs = [table.elements, node.inputs[1], table.scale] + (table.zeroPoint.map { [$0] } ?? [])
        index.replace(
            number,
            by: [
                Node(
                    "QuantizedGather", inputs: inputs, outputs: node.outputs,
                    attributes: [Attribute("perRow", .int(table.axis == nil ? 0 : 1))], name: node.name,
                    domain: nativeDomain)
            ])
    }
}
