import Graphs
import Tensors

/// Counts the work of calls, those of local functions and control flow included.
struct WorkCounter: Sendable {
    /// The count of one call.
    struct Count: Sendable {
        var work = Work.zero
        var multiplyAdds = 0.0
        var isComplete = true

        static func * (count: Count, times: Double) -> Count {
            Count(
                work: Work(
                    operations: count.work.operations * times, bytesRead: count.work.bytesRead * times,
                    bytesWritten: count.work.bytesWritten * times),
                multiplyAdds: count.multiplyAdds * times, isComplete: count.isComplete)
        }

        static func + (left: Count, right: Count) -> Count {
            Count(
                work: left.work + right.work, multiplyAdds: left.multiplyAdds + right.multiplyAdds,
                isComplete: left.isComplete && right.isComplete)
        }
    }

    private let catalogue: OperatorCatalogue
    private let functions: [FunctionKey: Function]
    private let walk: InferenceWalk

    init(_ model: Model, catalogue: OperatorCatalogue) {
        self.catalogue = catalogue
        functions = Dictionary(model.functions.map { (FunctionKey($0), $0) }, uniquingKeysWith: { first, _ in first })
        walk = InferenceWalk(model, ShapeInference(catalogue: catalogue))
    }

    /// The work of one call with the types of its outputs.
    func count(_ site: CallSite, outputs: [ValueType?], depth: Int = 0) -> Count {
        if let function = functions[FunctionKey(site.node)] {
            return count(function, site, depth: depth) ?? Count(isComplete: false)
        }
        guard let target = catalogue.find(domain: site.node.domain, name: site.node.operatorType) else {
            return Count(isComplete: false)
        }
        let work = target.work(site, outputs: outputs)
        let isProduct = [.linear, .convolution, .recurrent].contains(target.family)
        let isKnown = outputs.allSatisfy { type in
            guard case .tensor(_, let shape)? = type else { return true }
            return shape?.isFixed ?? false
        }
        var result = Count(
            work: work, multiplyAdds: isProduct ? work.operations / 2 : 0,
            isComplete: isKnown && !outputs.contains { $0 == nil })
        if let typeBody = site.typeBody { result = result + countBodies(site, typeBody, depth: depth) }
        return result
    }

    private func count(_ function: Function, _ site: CallSite, depth: Int) -> Count? {
        guard depth < 64 else { return nil }
        var graph = Graph(name: function.name, inputs: function.inputs.map { ValueInfo($0) })
        guard let nodes = try? AttributeBinding(function: function, call: site.node, path: site.path).bound() else {
            return nil
        }
        graph.nodes = nodes
        let context = InferenceWalk.Context(opsets: function.opsets, path: site.path, depth: depth + 1)
        guard let typed = try? walk.infer(graph, inputs: site.operands, in: context) else { return nil }
        return sum(graph.nodes, typed, depth: depth + 1)
    }

    /// The work of the body graphs of a call: of the costlier branch, or of a loop's body times its iterations.
    private func countBodies(_ site: CallSite, _ typeBody: CallSite.BodyTyping, depth: Int) -> Count {
        guard depth < 64 else { return Count(isComplete: false) }
        var counts: [String: Count] = [:]
        for attribute in site.node.attributes {
            guard case .graph(let body) = attribute.value else { continue }
            let (inputs, iterations) = iteration(site, body)
            guard let typed = try? typeBody(attribute.name, inputs) else {
                counts[attribute.name] = Count(isComplete: false)
                continue
            }
            var count = sum(body.nodes, typed, depth: depth + 1)
            if let iterations { count = count * iterations } else { count.isComplete = false }
            counts[attribute.name] = count
        }
        if site.node.operatorType == "If", let condition = site.operand(0)?.constant,
            let isTrue = try? Truth.value(condition, site.path)
        {
            return counts[isTrue ? "then_branch" : "else_branch"] ?? Count()
        }
        return counts.values.max { $0.work.operations < $1.work.operations } ?? Count()
    }

    /// The types of the inputs of one iteration of a body, and how many iterations there are, where that is known.
    private func iteration(_ site: CallSite, _ body: Graph) -> (inputs: [ValueType?], count: Double?) {
        let declared = body.inputs.map(\.type)
        switch site.node.operatorType {
        case "Loop":
            let carried = site.operands.dropFirst(2).map { $0?.type }
            let counters: [ValueType?] = [.tensor(.int64, []), .tensor(.bool, [])]
            return (counters + carried, site.operand(1) == nil ? site.integers(0)?.first.map(Double.init) : nil)
        case "Scan":
            guard case .int(let scans)? = site.node.attribute("num_scan_inputs") else { return (declared, nil) }
            let last = site.operands.count - 1
            let axes: [Int]
            if case .ints(let given)? = site.node.attribute("scan_input_axes") { axes = given } else { axes = [] }
            let extent = site.shape(last).flatMap { shape in
                let axis = axes.last ?? 0
                let place = axis < 0 ? axis + shape.dimensions.count : axis
                return shape.dimensions.indices.contains(place) ? shape.dimensions[place].value : nil
            }
            let states = site.operands.prefix(max(0, site.operands.count - scans)).map { $0?.type }
            return (states + declared.dropFirst(states.count), extent.map(Double.init))
        default: return (declared, 1)
        }
    }

    private func sum(_ nodes: [Node], _ typed: TypedModel, depth: Int) -> Count {
        zip(nodes, typed.sites).reduce(Count()) { total, pair in
            total + count(pair.1, outputs: pair.0.outputs.map { typed.facts[$0]?.type }, depth: depth)
        }
    }
}
