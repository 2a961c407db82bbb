import Graphs
import Tensors

/// Puts the branch that is always taken in the place of an If whose condition is constant.
struct IfInlining: RegionPass {
    let name = "if-inlining"
    let summary = "put the taken branch in the place of an If whose condition is constant"

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard let node = region.call(index, "If"), let condition = node.input(0),
                let isTrue = region.truth(condition),
                case .graph(let branch)? = node.attribute(isTrue ? "then_branch" : "else_branch"),
                branch.inputs.isEmpty, branch.sparseInitializers.isEmpty, branch.quantizationAnnotations.isEmpty,
                branch.outputs.count >= node.outputs.count
            else { continue }
            inline(branch, index, node, &region)
            region.noteRewrite()
        }
    }

    private func inline(_ branch: Graph, _ index: Int, _ node: Node, _ region: inout Region) {
        let defined = Set(branch.nodes.flatMap(\.outputs)).subtracting([""])
        var names: [String: String] = [:]
        var copies: [(from: String, to: String)] = []
        for (inner, outer) in zip(branch.outputs.map(\.name), node.outputs) where !outer.isEmpty {
            if defined.contains(inner), names[inner] == nil {
                names[inner] = outer
            } else {
                copies.append((inner, outer))
            }
        }
        for name in defined.sorted() where names[name] == nil { names[name] = region.fresh(name) }
        for initializer in branch.initializers { names[initializer.name] = region.fresh(initializer.name) }
        region.remove(index)
        region.adopt(
            branch.initializers.map { initializer in
                var renamed = initializer
                renamed.name = names[initializer.name] ?? initializer.name
                return renamed
            })
        for inner in branch.nodes { region.add(inner.renaming(names)) }
        for copy in copies {
            region.add(Node("Identity", inputs: [names[copy.from] ?? copy.from], outputs: [copy.to], name: copy.to))
        }
    }
}
